using Marketline.Core.Naming;

namespace Marketline.Core.Tenants;

/// <summary>Input of a tenant's deletion.</summary>
public sealed record DeleteTenantInput(TenantId TenantId)
{
    public int SchemaVersion { get; init; } = 1;
}
