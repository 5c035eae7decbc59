using Marketline.Core.Tenants;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>Lets a tenant read only.</summary>
public sealed class SuspendTenantEndpoint(TenantDesk desk)
{
    [Function(nameof(SuspendTenantEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Suspend a tenant", Description = "Its keys read on, but nothing is started or changed; runs under way go on. In force on every worker within 15 seconds.", Answer = typeof(TenantView), IsConditional = true, Problems = [410])]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/tenants/{tenantId}/suspend")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken
    ) => desk.SetStatusAsync(request, tenantId, TenantStatus.Suspended, cancellationToken);
}
