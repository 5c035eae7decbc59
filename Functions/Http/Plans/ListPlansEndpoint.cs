using Marketline.Core.Json;
using Marketline.Core.Plans;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>The tenant's plans.</summary>
public sealed class ListPlansEndpoint(TablePlanStore plans)
{
    [Function(nameof(ListPlansEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "List the plans", Answer = typeof(PlanList))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/plans")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var list = new List<Plan>();
        await foreach (var plan in plans.ListAsync(request.TenantId(), cancellationToken))
        {
            list.Add(plan);
        }

        return Results.Json(new PlanList(list), JsonFormat.Options);
    }

    private sealed record PlanList(IReadOnlyList<Plan> Plans);
}
