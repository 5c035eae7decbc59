using Marketline.Core.Alerts;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Paging;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Alerts;

/// <summary>A page of alerts.</summary>
/// <param name="Next">The cursor of the next page; null on the last.</param>
internal sealed record AlertList(IReadOnlyList<Alert> Alerts, string? Next)
{
    /// <param name="tenantId">Whose list it is; null for the operator's.</param>
    /// <param name="list">The alerts behind a place.</param>
    public static async Task<IResult> AnswerAsync(
        HttpRequest request,
        PageCursors cursors,
        TenantId? tenantId,
        Func<string, IAsyncEnumerable<Alert>> list
    )
    {
        var (page, problem) = PageRequest.Read(request, cursors, nameof(AlertList));
        if (problem is not null)
        {
            return problem;
        }

        var alerts = await list(page.After).Take(page.Limit + 1).ToListAsync(request.HttpContext.RequestAborted);
        if (alerts.Count <= page.Limit)
        {
            return Answers.Json(request, new AlertList(alerts, null));
        }

        alerts.RemoveAt(page.Limit);
        return Answers.Json(request, new AlertList(alerts, cursors.Write(tenantId, nameof(AlertList), TableKeys.AlertRow(alerts[^1]))));
    }
}
