using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Timers;

/// <summary>
/// Starts a run for every slot that has come. Tenants take turns, so that one with thousands of due plans does not keep the
/// others waiting; a slot that can not be started comes up again later and later.
/// </summary>
public sealed partial class CrawlScheduleTimer(
    TableScheduleStore schedule,
    SlotStarter slots,
    TimeProvider time,
    ILogger<CrawlScheduleTimer> logger
)
{
    private const int MaxSlotCount = 5_000;
    private const int ParallelStarts = 32;
    private const int MaxBackoffSeconds = 300;

    /// <summary>What is left then is the next tick's: it sees what has become due in the meantime.</summary>
    private static readonly TimeSpan TickTime = TimeSpan.FromSeconds(10);

    /// <summary>So long one slot may keep the tick.</summary>
    private static readonly TimeSpan SlotTime = TimeSpan.FromSeconds(30);

    [Function(nameof(CrawlScheduleTimer))]
    public async Task RunAsync(
        [TimerTrigger("%CrawlSchedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var begun = time.GetTimestamp();
        var due = await schedule.ListDueAsync(time.GetUtcNow(), cancellationToken).Take(MaxSlotCount).ToListAsync(cancellationToken);
        await Parallel.ForEachAsync(
            ByTurns(due),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelStarts, CancellationToken = cancellationToken },
            async (slot, token) =>
            {
                if (time.GetElapsedTime(begun) < TickTime)
                {
                    await HandleAsync(client, slot, token);
                }
            }
        );
    }

    /// <summary>The first slot of each tenant, then the second of each, and so on.</summary>
    internal static IEnumerable<DuePlan> ByTurns(IEnumerable<DuePlan> due)
    {
        var counts = new Dictionary<TenantId, int>();
        return due.Select(slot => (Slot: slot, Turn: counts[slot.TenantId] = counts.GetValueOrDefault(slot.TenantId) + 1))
            .OrderBy(item => item.Turn)
            .Select(item => item.Slot);
    }

    private async Task HandleAsync(DurableTaskClient client, DuePlan due, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(SlotTime);
        var current = due;
        try
        {
            while (await slots.StepAsync(client, current, limited.Token) is { } next)
            {
                current = next;
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // One tenant's trouble is not another's.
            LogSlotFailed(failure, current.TenantId.Value, current.PlanId.Value, current.DueUtc, current.FailureCount + 1);
            await PostponeAsync(current, cancellationToken);
        }
    }

    private async Task PostponeAsync(DuePlan due, CancellationToken cancellationToken)
    {
        var backoff = TimeSpan.FromSeconds(Math.Min(1 << Math.Min(due.FailureCount, 16), MaxBackoffSeconds));
        try
        {
            await schedule.PostponeAsync(due, time.GetUtcNow() + backoff, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The row stays where it is, and the next tick tries again.
            LogNotPostponed(failure, due.TenantId.Value, due.PlanId.Value);
        }
    }

    [LoggerMessage(LogLevel.Error, "The slot {DueUtc} of plan {PlanId} of {TenantId} was not started (failure {FailureCount}).")]
    private partial void LogSlotFailed(Exception failure, string tenantId, string planId, DateTimeOffset dueUtc, int failureCount);

    [LoggerMessage(LogLevel.Warning, "The slot of plan {PlanId} of {TenantId} could not be put off.")]
    private partial void LogNotPostponed(Exception failure, string tenantId, string planId);
}
