using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Paging;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Runs;

/// <summary>The tenant's runs, the newest slot first.</summary>
public sealed class ListRunsEndpoint(TableRunStore runs, PageCursors cursors, TimeProvider time)
{
    [Function(nameof(ListRunsEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List the runs", Description = "The newest slot first.", Answer = typeof(RunList))]
    [ApiQuery("status", "Such as `Running` or `Failed`; several are joined by commas.", IsRepeated = true)]
    [ApiQuery("planId", "Runs of this plan.")]
    [ApiQuery("platform", "Runs on this platform, such as `shopify`.")]
    [ApiQuery("kind", "`Products`, `Prices` or `Reviews`.")]
    [ApiQuery("trigger", "What started them: `Schedule`, `Request` or `Run`.")]
    [ApiQuery("from", "The first UTC date of the slots, `yyyy-MM-dd`; by default three months before `to`.")]
    [ApiQuery("to", "The last UTC date of the slots; by default today.")]
    [ApiQuery("limit", "Runs on a page: 1 to 1000, by default 100.")]
    [ApiQuery("cursor", "`next` of the page before.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var list = RunListRequest.Name(request);
        var (filter, problem) = RunListRequest.Read(request, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var (page, pageProblem) = PageRequest.Read(request, cursors, list);
        if ((problem ?? pageProblem) is { } refusal)
        {
            return refusal;
        }

        var views = new List<RunView>();
        var after = page.After.Length > 0 ? RunId.Parse(page.After) : null;
        await foreach (var run in runs.ListAsync(request.TenantId(), filter, after, page.Limit + 1, cancellationToken).Take(page.Limit + 1))
        {
            views.Add(RunView.Of(run));
        }

        if (views.Count <= page.Limit)
        {
            return Answers.Json(request, new RunList(views, null));
        }

        views.RemoveAt(page.Limit);
        return Answers.Json(request, new RunList(views, cursors.Write(request.TenantId(), list, views[^1].RunId.Value)));
    }
}
