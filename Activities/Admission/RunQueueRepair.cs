using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Microsoft.DurableTask.Client;

namespace Marketline.Activities.Admission;

/// <summary>
/// Mends what a crash left of a tenant's runs: a place without a run, a run with a place that was never started, and a place
/// whose run is over or gone. Each look is harmless at any time and on any worker.
/// </summary>
public sealed class RunQueueRepair(RunQueue queue, TableRunStore runs, RunLauncher launcher, TimeProvider time)
{
    /// <summary>Between a ticket and its row there are milliseconds, or a crash.</summary>
    private static readonly TimeSpan RowPatience = TimeSpan.FromMinutes(2);

    /// <summary>A run that was started long ago is looked at less often.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private const int MinutesBetweenLooks = 5;

    public async Task RunAsync(DurableTaskClient client, TenantId tenantId, CancellationToken cancellationToken)
    {
        foreach (var active in await queue.ListActiveAsync(tenantId, cancellationToken))
        {
            if (IsDue(active) && await IsGoneAsync(client, active, cancellationToken))
            {
                await queue.LeaveAsync(client, active.RunId, cancellationToken);
            }
        }

        await queue.DispatchAsync(client, tenantId, cancellationToken);
    }

    private bool IsDue(ActiveRun active)
    {
        var nowUtc = time.GetUtcNow();
        var minute = nowUtc.ToUnixTimeSeconds() / 60;
        return nowUtc - active.SinceUtc < Fresh
            || (minute + Digest.Bucket(active.RunId.Value, MinutesBetweenLooks)) % MinutesBetweenLooks == 0;
    }

    private async Task<bool> IsGoneAsync(DurableTaskClient client, ActiveRun active, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(active.RunId, cancellationToken) is not { } row)
        {
            return time.GetUtcNow() - active.SinceUtc > RowPatience;
        }

        if (row.Status.IsOver())
        {
            return true;
        }

        if (row.TaskHub != client.Name)
        {
            return false;
        }

        var instance = await client.GetInstanceAsync(InstanceIds.Run(active.RunId), cancellationToken);
        if (instance is null && row.Status.IsAhead())
        {
            await launcher.StartAsync(client, active.RunId, cancellationToken);
            return false;
        }

        // One that has completed is about to be closed, which frees its place; of these nothing comes any more.
        return instance is null or { RuntimeStatus: OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated };
    }
}
