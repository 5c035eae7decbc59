using Marketline.Core.Tenants;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>What a tenant takes, for the operator.</summary>
public sealed class GetTenantUsageEndpoint(TenantDesk desk, TenantUsageReader reader)
{
    [Function(nameof(GetTenantUsageEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Tell what a tenant uses", Answer = typeof(TenantUsage), Problems = [410])]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/tenants/{tenantId}/usage")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken
    )
    {
        var (tenant, problem) = await desk.FindAsync(tenantId, cancellationToken);
        return tenant is null ? problem! : Answers.Json(request, await reader.ReadAsync(tenant.TenantId, cancellationToken));
    }
}
