using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Schedules;
using Marketline.Storage.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions;

/// <summary>
/// Does what is to be done with a due slot. The slot is the plan's cursor, never the clock: a worker that stops between two of
/// these steps leaves the row in the index, and whoever comes next does the same again without harm.
/// </summary>
public sealed partial class SlotStarter(
    TableScheduleStore schedule,
    TablePlanStore plans,
    PlanPauses pauses,
    RunStarter starter,
    TimeProvider time,
    ILogger<SlotStarter> logger
)
{
    /// <returns>The plan's next slot when that is due as well.</returns>
    public async Task<DuePlan?> StepAsync(DurableTaskClient client, DuePlan due, CancellationToken cancellationToken)
    {
        var found = await plans.FindAsync(due.TenantId, due.PlanId, cancellationToken);
        if (found is not { Plan: { IsPaused: false } plan } || plan.NextDueUtc != due.DueUtc)
        {
            // The plan was changed, paused or deleted since: nobody waits for this slot.
            await schedule.RemoveAsync(due, cancellationToken);
            return null;
        }

        if (await pauses.FindAsync(plan, cancellationToken) is { } scope)
        {
            await schedule.ParkAsync(due, scope, cancellationToken);
            return null;
        }

        var nowUtc = time.GetUtcNow();
        var step = PlanSlots.Step(plan, nowUtc);
        var changed = step.IsStart ? await StartAsync(client, plan, step.Plan, nowUtc, cancellationToken) : step.Plan;
        if (changed.LastSkip is { } skip && skip != plan.LastSkip)
        {
            LogSkipped(due.TenantId.Value, due.PlanId.Value, skip.Count, skip.FirstSlotUtc, skip.LastSlotUtc, skip.Reason);
        }

        var next = PlanSlots.Due(changed);
        if (next is not null)
        {
            await schedule.AddAsync(next, cancellationToken);
        }

        if (await plans.WriteAsync(changed, found.ETag, cancellationToken) is null)
        {
            // Somebody else was quicker, and sees to the rest.
            return null;
        }

        await schedule.RemoveAsync(due, cancellationToken);
        return next?.StartUtc <= nowUtc ? next : null;
    }

    /// <returns>The plan as it is to be stored: with a note when the slot did not run after all.</returns>
    private async Task<Plan> StartAsync(
        DurableTaskClient client,
        Plan plan,
        Plan changed,
        DateTimeOffset nowUtc,
        CancellationToken cancellationToken
    )
    {
        var slot = plan.NextDueUtc!.Value;
        var request = new RunRequest { Plan = plan, SlotUtc = slot, Trigger = RunTrigger.Schedule, Overlap = plan.Schedule?.Overlap };
        var result = await starter.StartAsync(client, request, cancellationToken);
        LogStarted(plan.TenantId.Value, result.RunId.Value, result.Outcome, result.Reason);
        return result.Outcome switch
        {
            StartOutcome.Skipped => PlanSlots.LeaveOut(changed, slot, SkipReason.Overlap, nowUtc),
            StartOutcome.Refused => PlanSlots.LeaveOut(changed, slot, SkipReason.Refused, nowUtc),
            _ => changed,
        };
    }

    [LoggerMessage(LogLevel.Information, "{TenantId} {RunId}: {Outcome}. {Reason}")]
    private partial void LogStarted(string tenantId, string runId, StartOutcome outcome, string? reason);

    [LoggerMessage(LogLevel.Warning, "{Count} slots of plan {PlanId} of {TenantId} from {First} to {Last} do not run: {Reason}.")]
    private partial void LogSkipped(string tenantId, string planId, int count, DateTimeOffset first, DateTimeOffset last, SkipReason reason);
}
