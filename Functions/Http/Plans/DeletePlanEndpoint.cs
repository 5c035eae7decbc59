using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>Deletes a plan; its runs and data stay.</summary>
public sealed class DeletePlanEndpoint(PlanDesk desk)
{
    [Function(nameof(DeletePlanEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Delete a plan", Description = "Its runs and what they have delivered stay; a run under way goes on.", Status = 204, IsConditional = true, Problems = [409])]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/plans/{planId}")] HttpRequest request,
        string planId,
        CancellationToken cancellationToken
    ) => desk.RemoveAsync(request, request.TenantId(), planId, cancellationToken);
}
