using System.ComponentModel.DataAnnotations;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Audit;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Tenants;

/// <summary>The operator creates a tenant: its row, its container and its first key, which is shown this once.</summary>
public sealed class CreateTenantEndpoint(
    TableTenantStore tenants,
    TableApiKeyStore keys,
    TableAuditStore audit,
    BlobContainers containers,
    ApiAccess access,
    TimeProvider time
)
{
    [Function(nameof(CreateTenantEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Create a tenant", Description = "With its container and its first key (an owner's), which is shown this once.", Body = typeof(NewTenant), Answer = typeof(CreatedTenant), Status = 201)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/tenants")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadFromJsonAsync<NewTenant>(JsonFormat.Options, cancellationToken);
        if (!TenantId.TryParse(body?.TenantId, out var tenantId) || !TenantDesk.IsName(body.DisplayName))
        {
            return Problems.Invalid(
                new Dictionary<string, string[]>
                {
                    ["tenantId"] = ["3 to 32 of a-z and 0-9 are expected, starting with a letter."],
                    ["displayName"] = ["A name for people is expected: 1 to 200 characters."],
                }
            );
        }

        request.HttpContext.SetAuditedTenant(tenantId);
        if (await audit.DeletedUtcAsync(tenantId, cancellationToken) is not null)
        {
            return Taken(tenantId);
        }

        await containers.EnsureCreatedAsync(tenantId);
        var tenant = new Tenant { TenantId = tenantId, DisplayName = body.DisplayName!, CreatedUtc = time.GetUtcNow() };
        if (!await tenants.TryAddAsync(tenant, cancellationToken))
        {
            return Taken(tenantId);
        }

        var key = ApiKey.Create();
        await keys.AddAsync(access.Store(key, tenantId, AccessRole.Owner, "first key"), cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Created($"/api/operator/tenants/{tenantId}", new CreatedTenant(tenantId, key.Reveal()));
    }

    private static IResult Taken(TenantId tenantId) =>
        Problems.Conflict($"The tenant id '{tenantId}' is taken.", "Ids are never reused; choose another one.");

    /// <summary>A tenant to be made.</summary>
    private sealed record NewTenant([Required, RegularExpression("^[a-z][a-z0-9]{2,31}$")] string? TenantId, [Required] string? DisplayName);

    /// <summary>A tenant with its first key, an owner's.</summary>
    private sealed record CreatedTenant(TenantId TenantId, string ApiKey);
}
