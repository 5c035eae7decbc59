using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Tenants;
using Marketline.Storage.Tables;

namespace Marketline.Functions;

/// <summary>
/// Holds due slots back while their tenant or platform is paused, and lets them go when the pause is over: what was missed
/// until then is up to each plan's catch-up.
/// </summary>
public sealed class PlanPauses(TenantDirectory tenants, TablePauseStore platforms, TableScheduleStore schedule)
{
    /// <returns>The pause that is in force for a plan; null when there is none.</returns>
    public async Task<PauseScope?> FindAsync(Plan plan, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(plan.TenantId, cancellationToken) is not { Status: TenantStatus.Active })
        {
            return PauseScope.Of(plan.TenantId);
        }

        return await platforms.IsPausedAsync(plan.Platform, cancellationToken) ? PauseScope.Of(plan.Platform) : null;
    }

    /// <summary>Lets go what is paused no longer, and forgets what belonged to tenants that are gone.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        foreach (var scope in await schedule.ListParkedAsync(cancellationToken))
        {
            if (scope.TenantId is { } tenantId)
            {
                await ReleaseAsync(scope, tenantId, cancellationToken);
            }
            else if (!await platforms.IsPausedAsync(scope.Platform!, cancellationToken))
            {
                await schedule.ReleaseAsync(scope, cancellationToken);
            }
        }
    }

    private async Task ReleaseAsync(PauseScope scope, TenantId tenantId, CancellationToken cancellationToken)
    {
        switch (await tenants.FindAsync(tenantId, cancellationToken))
        {
            case null:
                await schedule.DiscardAsync(scope, cancellationToken);
                break;
            case { Status: TenantStatus.Active }:
                await schedule.ReleaseAsync(scope, cancellationToken);
                break;
        }
    }
}
