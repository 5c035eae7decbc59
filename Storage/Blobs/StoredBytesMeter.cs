using Azure.Storage.Blobs.Models;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Storage.Tables;

namespace Marketline.Storage.Blobs;

/// <summary>
/// Measures what lies in a tenant's container, by listing it: 5 000 blobs a request. Where nothing can have changed it does not.
/// </summary>
public sealed class StoredBytesMeter(
    BlobContainers containers,
    TableRunStore runs,
    TableUsageStore usage,
    TableCounterStore counters,
    TimeProvider time
)
{
    /// <summary>Blobs also go without a run: raw archives expire.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    /// <returns>False when the last measure still holds.</returns>
    public async Task<bool> MeasureIfChangedAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var last = await usage.FindAsync(tenantId, cancellationToken);
        var isChanged =
            last is null
            || time.GetUtcNow() - last.MeasuredUtc > MaxAge
            || await HasRunSinceAsync(tenantId, last.MeasuredUtc, cancellationToken);
        if (isChanged)
        {
            await MeasureAsync(tenantId, cancellationToken);
        }

        return isChanged;
    }

    /// <summary>Measures and writes down the result, for reports and for the bound on what a tenant may store.</summary>
    public async Task<StoredBytes> MeasureAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        // The time before: what is written meanwhile belongs to the next measure.
        var measuredUtc = time.GetUtcNow();
        var zones = new SortedDictionary<string, ZoneBytes>(StringComparer.Ordinal);
        var container = await containers.GetAsync(tenantId);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix: null, cancellationToken))
        {
            var name = BlobNames.ZoneOf(blob.Name);
            var zone = zones.GetValueOrDefault(name) ?? new ZoneBytes(name, 0, 0);
            zones[name] = zone with { BlobCount = zone.BlobCount + 1, SizeBytes = zone.SizeBytes + (blob.Properties.ContentLength ?? 0) };
        }

        var stored = new StoredBytes(measuredUtc, [.. zones.Values]);
        await counters.SetAsync(tenantId, CounterNames.StoredBytes, CounterNames.Now, stored.TotalBytes, cancellationToken);
        await usage.WriteAsync(tenantId, stored, cancellationToken);
        return stored;
    }

    /// <summary>Whether a run was under way at some time since then. Runs of more than a day are left to <see cref="MaxAge"/>.</summary>
    private async Task<bool> HasRunSinceAsync(TenantId tenantId, DateTimeOffset sinceUtc, CancellationToken cancellationToken)
    {
        var oldestUtc = sinceUtc - MaxAge;
        var oldest = FirstOfMonth(oldestUtc);
        for (var month = FirstOfMonth(time.GetUtcNow()); month >= oldest; month = month.AddMonths(-1))
        {
            await foreach (var run in runs.ListAsync(tenantId, month, cancellationToken))
            {
                if (run.Run.RunId.ScheduledUtc < oldestUtc)
                {
                    return false;
                }

                if (run.FinishedUtc is null || run.FinishedUtc > sinceUtc)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static DateOnly FirstOfMonth(DateTimeOffset utc) => new(utc.Year, utc.Month, 1);
}
