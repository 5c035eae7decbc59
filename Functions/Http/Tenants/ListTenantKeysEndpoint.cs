using Marketline.Core.Naming;
using Marketline.Functions.Http.Keys;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>A tenant's keys, for the operator.</summary>
public sealed class ListTenantKeysEndpoint(TableTenantStore tenants, KeyDesk desk)
{
    [Function(nameof(ListTenantKeysEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "List a tenant's API keys", Answer = typeof(KeyList))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/tenants/{tenantId}/keys")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken
    )
    {
        return TenantId.TryParse(tenantId, out var id) && await tenants.FindAsync(id, cancellationToken) is not null
            ? await desk.ListAsync(request, id, cancellationToken)
            : TenantProblems.NotFound(tenantId);
    }
}
