using Marketline.Core.Naming;

namespace Marketline.Core.Tenants;

/// <summary>A customer of the installation.</summary>
public sealed record Tenant
{
    public int SchemaVersion { get; init; } = 2;

    public required TenantId TenantId { get; init; }

    public required string DisplayName { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    public TenantStatus Status { get; init; }

    public TenantLimits Limits { get; init; } = new();

    /// <summary>
    /// The platforms whose pages may be read for the tenant although their terms reserve that: a decision of the operator, who knows
    /// what was agreed. Platforms that do not need it are not named.
    /// </summary>
    public IReadOnlyList<string> PagePlatforms { get; init; } = [];
}
