using Marketline.Core.Tenants;

namespace Marketline.Functions.Http.Tenants;

/// <summary>What is to be changed of a tenant; what is left out stays (JSON merge patch, RFC 7396).</summary>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Limits">Those to change.</param>
/// <param name="PagePlatforms">The platforms whose pages may be read although their terms reserve that; replaces the list.</param>
internal sealed record TenantChange(string? DisplayName, LimitsChange? Limits, IReadOnlyList<string>? PagePlatforms)
{
    public Tenant ApplyTo(Tenant tenant) =>
        tenant with
        {
            DisplayName = DisplayName ?? tenant.DisplayName,
            Limits = Limits?.ApplyTo(tenant.Limits) ?? tenant.Limits,
            PagePlatforms = PagePlatforms ?? tenant.PagePlatforms,
        };
}
