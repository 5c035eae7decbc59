using Marketline.Core.Runs;

namespace Marketline.Core.Tenants;

/// <summary>The activities that delete a tenant.</summary>
public static class TenantContracts
{
    public static readonly ActivityContract<StopTenantInput, StopTenantOutput> StopTenant = new("StopTenantActivity");

    public static readonly ActivityContract<RemoveTenantInput, RemoveTenantOutput> RemoveTenant = new("RemoveTenantActivity");
}
