using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Timers;

/// <summary>
/// Starts a run for every slot that has come. The slot is the plan's cursor, never the clock: a worker that stops between
/// two of these steps leaves the old slot in the index, and the next tick does the same again without harm.
/// </summary>
public sealed partial class CrawlScheduleTimer(
    TableScheduleStore schedule,
    TablePlanStore plans,
    RunStarter starter,
    TimeProvider time,
    ILogger<CrawlScheduleTimer> logger
)
{
    [Function(nameof(CrawlScheduleTimer))]
    public async Task RunAsync(
        [TimerTrigger("%CrawlSchedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var nowUtc = time.GetUtcNow();
        await foreach (var due in schedule.ListDueAsync(nowUtc, cancellationToken))
        {
            try
            {
                await StartAsync(client, due, nowUtc, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // One tenant's trouble is not another's: the slot stays in the index for the next tick.
                LogSlotFailed(failure, due.TenantId.Value, due.PlanId.Value, due.DueUtc);
            }
        }
    }

    private async Task StartAsync(
        DurableTaskClient client,
        DuePlan due,
        DateTimeOffset nowUtc,
        CancellationToken cancellationToken
    )
    {
        var found = await plans.FindAsync(due.TenantId, due.PlanId, cancellationToken);
        if (found is not { Plan: { IsPaused: false } plan } || plan.NextDueUtc != due.DueUtc)
        {
            // The plan was changed, paused or deleted since: nobody waits for this slot.
            await schedule.RemoveAsync(due, cancellationToken);
            return;
        }

        var request = new RunRequest { Plan = plan, SlotUtc = due.DueUtc, Trigger = RunTrigger.Schedule };
        var runId = await starter.StartAsync(client, request, cancellationToken);
        LogStarted(due.TenantId.Value, runId.Value);

        // Slots that were missed while nothing ran are one run, not many.
        var next = plan.Schedule is null ? null : PlanSchedule.TryParse(plan.Schedule)?.Next(nowUtc);
        if (next is { } nextUtc)
        {
            await schedule.AddAsync(due with { DueUtc = nextUtc }, cancellationToken);
        }

        if (await plans.TryWriteAsync(plan with { NextDueUtc = next }, found.ETag, cancellationToken))
        {
            await schedule.RemoveAsync(due, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "Started {RunId} of {TenantId}.")]
    private partial void LogStarted(string tenantId, string runId);

    [LoggerMessage(LogLevel.Error, "The slot {DueUtc} of plan {PlanId} of {TenantId} was not started.")]
    private partial void LogSlotFailed(Exception failure, string tenantId, string planId, DateTimeOffset dueUtc);
}
