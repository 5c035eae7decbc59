using Marketline.Core.Plans;
using Marketline.Core.Schedules;
using Marketline.Storage.Tables;

namespace Marketline.Functions;

/// <summary>
/// The one place that stores and deletes plans: a plan's next slot is in the index before the plan refers to it, so that no
/// crash leaves a plan that nothing wakes. The row of a slot that nobody waits for is dropped when it comes up.
/// </summary>
public sealed class PlanWriter(TablePlanStore plans, TableScheduleStore schedule, TimeProvider time)
{
    /// <param name="plan">Valid by <see cref="PlanRules"/>. Its slot and its note of skipped slots are set here.</param>
    /// <param name="existing">The version that was read and is replaced; null for a plan that must not be there yet.</param>
    /// <returns>What was stored; null when somebody else was quicker.</returns>
    public async Task<VersionedPlan?> WriteAsync(Plan plan, VersionedPlan? existing, CancellationToken cancellationToken)
    {
        var scheduled = PlanSlots.Schedule(plan, existing?.Plan, time.GetUtcNow());
        if (PlanSlots.Due(scheduled) is { } due)
        {
            await schedule.AddAsync(due, cancellationToken);
        }

        return await plans.WriteAsync(scheduled, existing?.ETag, cancellationToken);
    }

    /// <returns>False when somebody else was quicker.</returns>
    public async Task<bool> RemoveAsync(VersionedPlan existing, CancellationToken cancellationToken)
    {
        var plan = existing.Plan;
        if (!await plans.RemoveAsync(plan.TenantId, plan.PlanId, existing.ETag, cancellationToken))
        {
            return false;
        }

        if (PlanSlots.Due(plan) is { } due)
        {
            await schedule.RemoveAsync(due, cancellationToken);
        }

        return true;
    }
}
