using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Keys;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>The operator makes a key of a tenant, such as one for an owner who has lost all.</summary>
public sealed class CreateTenantKeyEndpoint(TableTenantStore tenants, KeyDesk desk)
{
    [Function(nameof(CreateTenantKeyEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Create an API key of a tenant", Body = typeof(NewKey), Answer = typeof(CreatedKey), Status = 201)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/tenants/{tenantId}/keys")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken
    )
    {
        return TenantId.TryParse(tenantId, out var id) && await tenants.FindAsync(id, cancellationToken) is not null
            ? await desk.CreateAsync(request, id, await request.ReadFromJsonAsync<NewKey>(JsonFormat.Options, cancellationToken), cancellationToken)
            : TenantProblems.NotFound(tenantId);
    }
}
