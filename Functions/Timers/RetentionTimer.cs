using Marketline.Core.Naming;
using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Timers;

/// <summary>
/// Removes what nobody needs any longer: the idempotency keys and counters of past days, and the histories of tenants' deletions. Once more
/// removes nothing.
/// </summary>
public sealed class RetentionTimer(TableIdempotencyStore idempotency, TableCounterStore counters, TableAuditStore audit, TimeProvider time)
{
    /// <summary>A worker that was away for a weekend still finds them.</summary>
    private static readonly TimeSpan DeletionsBack = TimeSpan.FromDays(7);

    /// <summary>The longest window is a day.</summary>
    private static readonly TimeSpan CountersBack = TimeSpan.FromDays(2);

    [Function(nameof(RetentionTimer))]
    public async Task RunAsync(
        [TimerTrigger("0 11 * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        await idempotency.DropOldAsync(cancellationToken);
        await counters.DropOldAsync(time.GetUtcNow() - CountersBack, cancellationToken);
        await foreach (var tenantId in audit.ListDeletedAsync(time.GetUtcNow() - DeletionsBack, cancellationToken))
        {
            await client.PurgeInstanceAsync(InstanceIds.Deletion(tenantId), cancellationToken);
        }
    }
}
