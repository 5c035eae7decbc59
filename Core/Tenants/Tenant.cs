using Marketline.Core.Naming;

namespace Marketline.Core.Tenants;

/// <summary>A customer of the installation.</summary>
public sealed record Tenant
{
    public int SchemaVersion { get; init; } = 1;

    public required TenantId TenantId { get; init; }

    public required string DisplayName { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }
}
