using Marketline.Core.Plans;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Functions.Http.Paging;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>The tenant's plans, by id.</summary>
public sealed class ListPlansEndpoint(TablePlanStore plans, PageCursors cursors)
{
    [Function(nameof(ListPlansEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List the plans", Answer = typeof(PlanList))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/plans")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (page, problem) = PageRequest.Read(request, cursors, nameof(ListPlansEndpoint));
        if (problem is not null)
        {
            return problem;
        }

        var list = new List<Plan>();
        await foreach (var plan in plans.ListAsync(request.TenantId(), page.After, cancellationToken))
        {
            if (list.Count == page.Limit)
            {
                var next = cursors.Write(request.TenantId(), nameof(ListPlansEndpoint), list[^1].PlanId.Value);
                return Answers.Json(request, new PlanList(list, next));
            }

            list.Add(plan);
        }

        return Answers.Json(request, new PlanList(list, null));
    }

    /// <summary>A page of plans, by id.</summary>
    /// <param name="Next">The cursor of the next page; null on the last one.</param>
    private sealed record PlanList(IReadOnlyList<Plan> Plans, string? Next);
}
