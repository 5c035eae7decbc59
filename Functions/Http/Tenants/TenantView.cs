using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Functions.Http.Tenants;

/// <summary>A tenant as the operator sees it.</summary>
internal sealed record TenantView(TenantId TenantId, string DisplayName, TenantStatus Status, DateTimeOffset CreatedUtc, TenantLimits Limits, IReadOnlyList<string> PagePlatforms)
{
    public static TenantView Of(Tenant tenant) =>
        new(tenant.TenantId, tenant.DisplayName, tenant.Status, tenant.CreatedUtc, tenant.Limits, tenant.PagePlatforms);
}
