using Marketline.Functions.Http.Datasets;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Objects;

/// <summary>The latest offers, searched by what identifies them.</summary>
public sealed class ListObjectsEndpoint(QueryPages pages)
{
    [Function(nameof(ListObjectsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "Find objects", Description = "The latest offers for which all that is given holds, by object key.", Answer = typeof(ObjectList), Problems = [422])]
    [ApiQuery("objectKey", "The object's key.", Pattern = "^[0-9a-f]{32}$")]
    [ApiQuery("sku", "The shop's number.")]
    [ApiQuery("gtin", "A GTIN, EAN or UPC, with or without zeros before it.")]
    [ApiQuery("name", "How the name begins, whatever the case.")]
    [ApiQuery("url", "The page's address, with or without tracking parameters.")]
    [ApiQuery("brand", "The brand as it is written.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/objects")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (query, problem) = ObjectSearch.Read(request);
        if (query is null)
        {
            return problem!;
        }

        var (page, wrong) = await pages.ReadAsync(request, query, "objects", cancellationToken);
        return wrong ?? Answers.Json(request, new ObjectList([.. page?.Rows.Select(OfferView.Of) ?? []], page?.Next));
    }
}
