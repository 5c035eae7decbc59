using Marketline.Core.Plans;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>Pauses a plan: no slot of it starts.</summary>
public sealed class PausePlanEndpoint(PlanDesk desk)
{
    [Function(nameof(PausePlanEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Pause a plan", Description = "No slot of its schedule starts; a run under way goes on, and it can be started by hand.", Answer = typeof(Plan), IsConditional = true)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/plans/{planId}/pause")] HttpRequest request,
        string planId,
        CancellationToken cancellationToken
    ) => desk.PauseAsync(request, request.TenantId(), planId, isPaused: true, cancellationToken);
}
