using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Storage.Tables;

/// <summary>Puts together what a tenant takes: from what was measured and counted, so it costs a few point reads.</summary>
public sealed class TenantUsageReader(
    TenantDirectory tenants,
    TableUsageStore usage,
    TableCounterStore counters,
    TimeProvider time
)
{
    /// <returns>Null when there is no such tenant.</returns>
    public async Task<TenantUsage?> ReadAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(tenantId, cancellationToken) is not { } tenant)
        {
            return null;
        }

        var nowUtc = time.GetUtcNow();
        var stored = usage.FindAsync(tenantId, cancellationToken);
        var pages = counters.ReadAsync(tenantId, CounterNames.Pages, CounterNames.Day(nowUtc), cancellationToken);
        var requests = counters.ReadAsync(tenantId, CounterNames.Requests, CounterNames.Minute(nowUtc), cancellationToken);
        await Task.WhenAll(stored, pages, requests);
        return new TenantUsage
        {
            Stored = await stored,
            PagesToday = await pages,
            RequestsThisMinute = await requests,
            Limits = tenant.Limits,
        };
    }
}
