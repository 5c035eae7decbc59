using Marketline.Core.Json;
using Marketline.Functions.Http.Datasets;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Objects;

/// <summary>The latest offers, searched by what identifies them.</summary>
public sealed class ListObjectsEndpoint(QueryPages pages)
{
    [Function(nameof(ListObjectsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "Find objects", Description = "The latest offers for which all that is given holds, by object key.", Answer = typeof(ObjectList))]
    [ApiQuery("objectKey", "The object's key.")]
    [ApiQuery("sku", "The shop's number.")]
    [ApiQuery("gtin", "A GTIN, EAN or UPC, with or without zeros before it.")]
    [ApiQuery("name", "How the name begins, whatever the case.")]
    [ApiQuery("url", "The page's address, with or without tracking parameters.")]
    [ApiQuery("brand", "The brand as it is written.")]
    [ApiQuery("limit", "1 to 1000; by default 100.")]
    [ApiQuery("cursor", "The `next` of the page before.")]
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
        return wrong ?? Results.Json(new ObjectList([.. page?.Rows.Select(OfferView.Of) ?? []], page?.Next), JsonFormat.Options);
    }
}
