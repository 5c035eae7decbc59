using Marketline.Core.Plans;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>One plan.</summary>
public sealed class GetPlanEndpoint(PlanDesk desk)
{
    [Function(nameof(GetPlanEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "Read a plan", Answer = typeof(Plan))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/plans/{planId}")] HttpRequest request,
        string planId,
        CancellationToken cancellationToken
    )
    {
        var (found, problem) = await desk.FindAsync(request.TenantId(), planId, cancellationToken);
        return found is null ? problem! : Answers.Json(request, found.Plan, PlanDesk.TagOf(found.Plan));
    }
}
