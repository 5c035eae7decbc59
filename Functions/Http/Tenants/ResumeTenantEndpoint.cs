using Marketline.Core.Tenants;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>Ends a tenant's suspension.</summary>
public sealed class ResumeTenantEndpoint(TenantDesk desk)
{
    [Function(nameof(ResumeTenantEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Resume a tenant", Description = "Its schedules go on; what was missed is one run per plan, or what the plan says.", Answer = typeof(TenantView), IsConditional = true, Problems = [410])]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/tenants/{tenantId}/resume")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken
    ) => desk.SetStatusAsync(request, tenantId, TenantStatus.Active, cancellationToken);
}
