using Marketline.Analytics.Query;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Datasets;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Objects;

/// <summary>Where an object is and what happened to it: its way through the runs of a month, the newest first.</summary>
public sealed class GetObjectEndpoint(TableLineageStore lineage, DatasetReader reader, TimeProvider time)
{
    private const int MaxCount = 50;

    [Function(nameof(GetObjectEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "Tell an object's way", Description = "Where it is, what happened to it and why: its way through the runs of a month, the newest first.", Answer = typeof(ObjectView), Problems = [422])]
    [ApiQuery("month", "yyyy-MM; by default the current one.", Pattern = @"^\d{4}-\d\d$")]
    [ApiQuery("include", "`offer` adds the object's current offer.", Pattern = "^offer$")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/objects/{objectKey}")] HttpRequest request,
        string objectKey,
        CancellationToken cancellationToken
    )
    {
        if (objectKey.Length != 32 || !objectKey.All(char.IsAsciiHexDigitLower))
        {
            return Problems.Of(400, "That is not an object key.", "32 hexadecimal digits are expected, as in the datasets.");
        }

        var (month, problem) = MonthQuery.Read(request, time);
        if (problem is not null)
        {
            return problem;
        }

        var tenantId = request.TenantId();
        var transactions = await lineage.FindAsync(tenantId, objectKey, month, cancellationToken).Take(MaxCount).ToListAsync(cancellationToken);
        var offer = request.Query["include"] == "offer" ? await FindOfferAsync(tenantId, objectKey, cancellationToken) : null;
        return transactions.Count == 0 && offer is null
            ? Problems.NotFound($"The object '{objectKey}'", "Try another month: ?month=yyyy-MM.")
            : Answers.Json(request, new ObjectView(objectKey, transactions, offer));
    }

    private async Task<OfferView?> FindOfferAsync(TenantId tenantId, string objectKey, CancellationToken cancellationToken)
    {
        if (await reader.FindAsync(tenantId, DatasetSchemas.LatestOffers, cancellationToken) is not { } manifest)
        {
            return null;
        }

        var found = await reader.ReadPageAsync(tenantId, manifest, ObjectSearch.Of(objectKey), after: null, limit: 1, cancellationToken);
        return found.Rows.Select(OfferView.Of).FirstOrDefault();
    }

    /// <summary>An object's way through the runs of a month.</summary>
    /// <param name="Transactions">One for each run that met it, the newest first; at most 50.</param>
    /// <param name="Offer">Where it was asked for and there is one.</param>
    private sealed record ObjectView(string ObjectKey, IReadOnlyList<LineageTransaction> Transactions, OfferView? Offer);
}
