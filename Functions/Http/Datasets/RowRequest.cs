using Marketline.Analytics.Query;
using Marketline.Core.Naming;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Datasets;

/// <summary>The query in an address: <c>filter</c>, <c>sort</c>, <c>columns</c>, <c>lastRunId</c>.</summary>
internal static class RowRequest
{
    /// <returns>The query, or the problem with what was sent.</returns>
    public static (RowQuery? Query, IResult? Problem) Read(HttpRequest request, DatasetSchema schema)
    {
        var text = new RowQueryText
        {
            Filters = [.. request.Query["filter"]],
            Sort = request.Query["sort"],
            Columns = request.Query["columns"],
        };
        if (text.TryRead(schema, out var problems) is not { } query)
        {
            return (null, Problems.Invalid(problems));
        }

        var lastRunId = request.Query["lastRunId"].ToString();
        if (lastRunId.Length == 0)
        {
            return (query, null);
        }

        if (schema.Find("last_run_id") is not { } column || !RunId.TryParse(lastRunId, out _))
        {
            return (null, Problems.Field("lastRunId", "The id of a run is expected, and a dataset with the column last_run_id."));
        }

        return (query with { Filters = [.. query.Filters, new RowFilter(column, FilterOperator.Equal, lastRunId)] }, null);
    }
}
