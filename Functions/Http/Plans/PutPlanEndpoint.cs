using Marketline.Core.Json;
using Marketline.Core.Plans;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>Creates or replaces a plan.</summary>
public sealed class PutPlanEndpoint(PlanDesk desk)
{
    [Function(nameof(PutPlanEndpoint))]
    [ApiOperation(
        EndpointAccess.Owner,
        "Create or replace a plan",
        Description = "`If-Match` replaces only the version that was read, `If-None-Match: *` only creates.",
        Body = typeof(NewPlan),
        Answer = typeof(Plan),
        IsConditional = true,
        Problems = [409]
    )]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/plans/{planId}")] HttpRequest request,
        string planId,
        CancellationToken cancellationToken
    )
    {
        var sent = await request.ReadFromJsonAsync<NewPlan>(JsonFormat.Options, cancellationToken);
        var (plan, problem) = desk.Check(sent, request.TenantId(), planId);
        return plan is null ? problem! : await desk.StoreAsync(request, plan, cancellationToken);
    }
}
