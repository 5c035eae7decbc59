using Marketline.Core.Plans;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>Ends a plan's pause.</summary>
public sealed class ResumePlanEndpoint(PlanDesk desk)
{
    [Function(nameof(ResumePlanEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Resume a plan", Answer = typeof(Plan), IsConditional = true)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/plans/{planId}/resume")] HttpRequest request,
        string planId,
        CancellationToken cancellationToken
    ) => desk.PauseAsync(request, request.TenantId(), planId, isPaused: false, cancellationToken);
}
