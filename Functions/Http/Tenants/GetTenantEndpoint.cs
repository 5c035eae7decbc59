using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>One tenant.</summary>
public sealed class GetTenantEndpoint(TenantDesk desk)
{
    [Function(nameof(GetTenantEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Tell how a tenant is", Answer = typeof(TenantView), Problems = [410])]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/tenants/{tenantId}")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken
    )
    {
        var (tenant, problem) = await desk.FindAsync(tenantId, cancellationToken);
        return tenant is null ? problem! : Answers.Json(request, TenantView.Of(tenant));
    }
}
