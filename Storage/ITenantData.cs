using Marketline.Core.Naming;

namespace Marketline.Storage;

/// <summary>A place where data of tenants lie: each removes what it has of a deleted one.</summary>
public interface ITenantData
{
    /// <summary>Removes all that is the tenant's; what is gone already is no failure.</summary>
    Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken);
}
