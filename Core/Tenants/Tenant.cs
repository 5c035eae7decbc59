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
}
