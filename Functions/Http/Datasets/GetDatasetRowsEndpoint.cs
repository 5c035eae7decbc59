using Marketline.Analytics.Query;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Datasets;

/// <summary>A page of a dataset's rows.</summary>
public sealed class GetDatasetRowsEndpoint(QueryPages pages)
{
    [Function(nameof(GetDatasetRowsEndpoint))]
    [ApiOperation(
        EndpointAccess.Reader,
        "Read a dataset's rows",
        Description = "A page in a total order: `sort`, then the key; nulls last. When the dataset gets a new version in between, the next page goes on over that.",
        Answer = typeof(RowList),
        Problems = [422]
    )]
    [ApiQuery("filter", "`<column>:<operator>:<value>` with eq, ne, lt, le, gt, ge, in, contains, startswith, isnull, notnull; all have to hold.", IsRepeated = true)]
    [ApiQuery("sort", "Up to three columns, such as `price:desc,name`.")]
    [ApiQuery("columns", "The columns to give, with commas between; by default all.")]
    [ApiQuery("lastRunId", "Only rows that this run saw (latest datasets only).", Type = typeof(RunId))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/datasets/{name}/rows")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        if (DatasetSchemas.Find(name) is not { } schema)
        {
            return Problems.NoDataset(name);
        }

        var (query, problem) = RowRequest.Read(request, schema);
        if (query is null)
        {
            return problem!;
        }

        var (page, wrong) = await pages.ReadAsync(request, query, "rows", cancellationToken);
        return page is null ? wrong ?? Problems.NoDataset(name) : Answers.Json(request, RowList.Of(query, page));
    }
}
