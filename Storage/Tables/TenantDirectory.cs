using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Storage.Caching;

namespace Marketline.Storage.Tables;

/// <summary>
/// The tenants as this worker remembers them, at most <see cref="CacheTime"/> old: a changed limit or a suspension is in force
/// on every worker after that time.
/// </summary>
public sealed class TenantDirectory(TableTenantStore tenants, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(15);

    private readonly TimedCache<TenantId, Tenant> _cache = new(CacheTime, maxCount: 10_000, time);

    /// <returns>Null when there is no such tenant.</returns>
    public Task<Tenant?> FindAsync(TenantId tenantId, CancellationToken cancellationToken) =>
        _cache.GetAsync(tenantId, token => tenants.FindAsync(tenantId, token), cancellationToken);

    /// <summary>Makes this worker read the tenant again.</summary>
    public void Forget(TenantId tenantId) => _cache.Forget(tenantId);

    public void Dispose() => _cache.Dispose();
}
