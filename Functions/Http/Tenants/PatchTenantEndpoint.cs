using Marketline.Core.Json;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>Changes a tenant's name or limits.</summary>
public sealed class PatchTenantEndpoint(TenantDesk desk)
{
    [Function(nameof(PatchTenantEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Change a tenant", Description = "What is left out stays. In force on every worker within 15 seconds.", Body = typeof(TenantChange), Answer = typeof(TenantView), IsConditional = true, Problems = [410])]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/operator/tenants/{tenantId}")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken
    )
    {
        var change = await request.ReadFromJsonAsync<TenantChange>(JsonFormat.Options, cancellationToken);
        return await desk.ChangeAsync(request, tenantId, change, cancellationToken);
    }
}
