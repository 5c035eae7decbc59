using Marketline.LocalHost.Cli.Api;

namespace Marketline.LocalHost.Cli.Demo;

/// <summary>Makes sure that tenants and their plans are there; a second time changes nothing but what changed.</summary>
internal sealed class Provisioning(Uri app, LocalSettings settings, DemoKeys keys)
{
    /// <returns>A client with the tenant's key.</returns>
    public async Task<ApiClient> ProvisionAsync(DemoTenant tenant, CancellationToken cancellationToken)
    {
        using (var operatorClient = new ApiClient(app, await AdminKey.EnsureAsync(settings, keys, cancellationToken)))
        {
            var created = await operatorClient.CreateTenantAsync(tenant.TenantId, tenant.DisplayName, cancellationToken);
            if (created is not null)
            {
                keys.Add(tenant.TenantId, created);
            }
        }

        var key =
            keys.Find(tenant.TenantId)
            ?? throw new CliException(
                $"the tenant {tenant.TenantId} is there, but its key is not known here: stop the storage emulator, delete .azurite and .engine, and start again."
            );
        var client = new ApiClient(app, key);
        foreach (var plan in tenant.Plans)
        {
            await client.PutPlanAsync(plan.PlanId, plan.Body, cancellationToken);
        }

        return client;
    }
}
