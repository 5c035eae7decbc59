using Marketline.Analytics.Query;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Datasets;

/// <summary>All rows of a query as one file.</summary>
public sealed class DownloadDatasetEndpoint(DatasetReader reader, DatasetDownloads downloads)
{
    [Function(nameof(DownloadDatasetEndpoint))]
    [ApiOperation(
        EndpointAccess.Reader,
        "Download a dataset",
        Description = "Streamed, compressed for those who accept gzip. The ETag changes with the dataset's version. "
            + "A connection that breaks off means that the file is not whole.",
        ContentType = "application/x-ndjson, text/csv, application/vnd.apache.parquet",
        IsConditional = true,
        Problems = [422]
    )]
    [ApiQuery("format", "parquet, csv or jsonl (the default).", Pattern = "^(parquet|csv|jsonl)$")]
    [ApiQuery("formulas", "For csv: guard (the default) puts a `'` before texts that a spreadsheet would run as a formula, raw leaves all as it is.", Pattern = "^(guard|raw)$")]
    [ApiQuery("filter", "As for a page of rows.", IsRepeated = true)]
    [ApiQuery("sort", "As for a page of rows; by default the rows come in the files' order.")]
    [ApiQuery("columns", "As for a page of rows.")]
    [ApiQuery("lastRunId", "As for a page of rows.", Type = typeof(RunId))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/datasets/{name}/download")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        if (DatasetSchemas.Find(name) is not { } schema)
        {
            return Problems.NoDataset(name);
        }

        var (query, problem) = RowRequest.Read(request, schema);
        var (format, wrong) = DownloadFormat.Read(request);
        if (query is null || format is null)
        {
            return problem ?? wrong!;
        }

        return await reader.FindAsync(request.TenantId(), schema, cancellationToken) is { } manifest
            ? await downloads.OpenAsync(request, manifest, query, format, cancellationToken)
            : Problems.NoDataset(name);
    }
}
