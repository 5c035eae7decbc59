using Marketline.Core.Naming;
using Marketline.Functions.Http.Keys;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>The operator revokes a key of a tenant.</summary>
public sealed class RevokeTenantKeyEndpoint(TableTenantStore tenants, KeyDesk desk)
{
    [Function(nameof(RevokeTenantKeyEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Revoke an API key of a tenant", Status = 204)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/operator/tenants/{tenantId}/keys/{keyId}")] HttpRequest request,
        string tenantId,
        string keyId,
        CancellationToken cancellationToken
    )
    {
        return TenantId.TryParse(tenantId, out var id) && await tenants.FindAsync(id, cancellationToken) is not null
            ? await desk.RevokeAsync(id, keyId, cancellationToken)
            : TenantProblems.NotFound(tenantId);
    }
}
