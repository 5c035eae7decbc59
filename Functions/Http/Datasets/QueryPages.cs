using Marketline.Analytics.Query;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Paging;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Datasets;

/// <summary>
/// Reads the page of a query that a request asks for. Pages follow each other by the values of the last row: when the dataset gets a
/// new version in between, the next page goes on over that one, so a row that has moved may be missed or come again, and no other.
/// </summary>
public sealed class QueryPages(DatasetReader reader, PageCursors cursors)
{
    /// <param name="list">What is listed: a cursor of one list is none of another's.</param>
    /// <returns>The page, or the problem with what was sent; neither when the tenant has no such dataset yet.</returns>
    public async Task<(QueryPage? Page, IResult? Problem)> ReadAsync(
        HttpRequest request,
        RowQuery query,
        string list,
        CancellationToken cancellationToken
    )
    {
        var tenantId = request.TenantId();
        var signed = $"{list}/{query.RowIdentity}";
        var (asked, problem) = PageRequest.Read(request, cursors, signed);
        if (problem is not null || await reader.FindAsync(tenantId, query.Schema, cancellationToken) is not { } manifest)
        {
            return (null, problem);
        }

        var after = asked.After.Length > 0 ? asked.After : null;
        var page = await reader.ReadPageAsync(tenantId, manifest, query, after, asked.Limit, cancellationToken);
        var next = page.Next is null ? null : cursors.Write(tenantId, signed, page.Next);
        return (new QueryPage(page.Rows, manifest.Version, next), null);
    }
}
