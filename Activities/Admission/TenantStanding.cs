using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Storage.Caching;
using Marketline.Storage.Tables;

namespace Marketline.Activities.Admission;

/// <summary>Whether a tenant may start anything. What it stores is counted elsewhere, and may be as old as the tenant here.</summary>
public sealed class TenantStanding(TenantDirectory tenants, TableCounterStore counters, TimeProvider time) : IDisposable
{
    private readonly TimedCache<TenantId, Usage> _usage = new(TenantDirectory.CacheTime, maxCount: 10_000, time);

    /// <returns>Why not; null when it may.</returns>
    public async Task<string?> WhyNotAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var tenant = await tenants.FindAsync(tenantId, cancellationToken);
        if (tenant is not { Status: TenantStatus.Active })
        {
            return tenant is null ? $"There is no tenant '{tenantId}'."
                : tenant.Status == TenantStatus.Suspended ? "The tenant is suspended."
                : "The tenant is being deleted.";
        }

        var usage = await _usage.GetAsync(
            tenantId,
            async token => new Usage(await counters.ReadAsync(tenantId, CounterNames.StoredBytes, CounterNames.Now, token)),
            cancellationToken
        );
        return usage!.StoredBytes <= tenant.Limits.MaxStoredBytes
            ? null
            : $"The tenant stores {usage.StoredBytes} bytes and may store {tenant.Limits.MaxStoredBytes}: delete data, or have the limit raised.";
    }

    public void Dispose() => _usage.Dispose();

    private sealed record Usage(long StoredBytes);
}
