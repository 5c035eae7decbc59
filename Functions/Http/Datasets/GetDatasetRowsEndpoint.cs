using System.Globalization;
using Marketline.Activities;
using Marketline.Analytics.Query;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Datasets;

/// <summary>
/// The current rows of a dataset as JSON lines, streamed; <c>?lastRunId=</c> gives those that a run saw (latest datasets only).
/// </summary>
public sealed class GetDatasetRowsEndpoint(BlobManifestStore manifests, BlobArtifactStore blobs, DatasetQuery query)
{
    private static readonly string[] LatestDatasets = [DatasetNames.LatestOffers, DatasetNames.LatestReviews];

    [Function(nameof(GetDatasetRowsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "Read a dataset's rows", ContentType = "application/x-ndjson")]
    [ApiQuery("lastRunId", "Only rows that this run saw (latest datasets only).")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/datasets/{name}/rows")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        var tenantId = request.TenantId();
        var lastRunId = request.Query["lastRunId"].ToString();
        if (lastRunId.Length > 0 && !(LatestDatasets.Contains(name) && RunId.TryParse(lastRunId, out _)))
        {
            return Problems.Of(400, "lastRunId can not be used so.", "Send the id of a run, for latest_offers or latest_reviews.");
        }

        var current = DatasetNames.All.Contains(name) ? await manifests.ReadAsync(tenantId, name, cancellationToken) : null;
        if (current is null)
        {
            return Problems.NotFound($"The dataset '{name}'", "GET /api/datasets lists those that have rows.");
        }

        var folder = new TemporaryFolder();
        request.HttpContext.Response.RegisterForDispose(folder);
        var files = new List<string>();
        foreach (var file in current.Manifest.Files)
        {
            var path = folder.Combine(string.Create(CultureInfo.InvariantCulture, $"{files.Count:D6}.parquet"));
            await blobs.ReadToFileAsync(tenantId, file.Blob, path, cancellationToken);
            files.Add(path);
        }

        var rows = folder.Combine("rows.jsonl");
        await query.WriteJsonLinesAsync(files, lastRunId.Length > 0 ? lastRunId : null, rows, cancellationToken);
        return Results.File(File.OpenRead(rows), "application/x-ndjson");
    }
}
