using Marketline.Core.Tenants;

namespace Marketline.Functions.Http.Tenants;

/// <summary>What is to be changed of a tenant; what is left out stays (JSON merge patch, RFC 7396).</summary>
internal sealed record TenantChange(string? DisplayName, LimitsChange? Limits)
{
    public Tenant ApplyTo(Tenant tenant) =>
        tenant with { DisplayName = DisplayName ?? tenant.DisplayName, Limits = Limits?.ApplyTo(tenant.Limits) ?? tenant.Limits };
}
