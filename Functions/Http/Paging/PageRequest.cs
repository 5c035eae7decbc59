using System.Globalization;
using Marketline.Functions.Http.Access;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Paging;

/// <summary>Which page of a list is asked for: <c>?limit=</c> (1 to 1000, 100 by default) and <c>?cursor=</c> of the page before.</summary>
/// <param name="After">The place the page before has ended at; empty for the first page.</param>
public sealed record PageRequest(int Limit, string After)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    /// <returns>The page, or the problem with what was sent.</returns>
    public static (PageRequest Page, IResult? Problem) Read(HttpRequest request, PageCursors cursors, string list)
    {
        var limit = DefaultLimit;
        var asked = request.Query["limit"].ToString();
        if (asked.Length > 0 && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is 0 or > MaxLimit))
        {
            return (new PageRequest(0, ""), Problems.Field("limit", $"1 to {MaxLimit} is expected."));
        }

        var after = "";
        var cursor = request.Query["cursor"].ToString();
        return cursor.Length == 0 || cursors.TryRead(request.Caller().TenantId, list, cursor, out after)
            ? (new PageRequest(limit, after), null)
            : (new PageRequest(0, ""), Problems.Field("cursor", "The 'next' of the page before is expected, with the same filters; leave it out for the first page."));
    }
}
