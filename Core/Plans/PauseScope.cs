using Marketline.Core.Naming;

namespace Marketline.Core.Plans;

/// <summary>What a pause is of: all plans of a tenant, or all plans of a platform over the installation.</summary>
public sealed record PauseScope
{
    private PauseScope(TenantId? tenantId, string? platform) => (TenantId, Platform) = (tenantId, platform);

    public TenantId? TenantId { get; }

    public string? Platform { get; }

    public static PauseScope Of(TenantId tenantId) => new(tenantId, null);

    public static PauseScope Of(string platform) => new(null, platform);
}
