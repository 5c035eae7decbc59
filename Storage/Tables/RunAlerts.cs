using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Storage.Tables;

/// <summary>
/// Keeps a watched run's alerts as its health says. Alerts are written first, then the run's entry that names them: a worker
/// that stops in between leaves what the next look, or the run's end, puts right.
/// </summary>
public sealed class RunAlerts(TableWatchedRunStore watched, TableAlertStore alerts, TimeProvider time)
{
    public async Task SetAsync(VersionedWatchedRun found, RunHealth health, CancellationToken cancellationToken)
    {
        var run = found.Run;
        foreach (var alert in health.Alerts.Where(alert => !run.OpenAlerts.Contains(alert.Kind)))
        {
            await alerts.RaiseAsync(alert, cancellationToken);
        }

        var kinds = health.Alerts.Select(alert => alert.Kind).ToList();
        foreach (var kind in run.OpenAlerts.Except(kinds))
        {
            await alerts.ResolveAsync(run.RunId, kind, time.GetUtcNow(), cancellationToken);
        }

        var changed = run with { OpenAlerts = kinds, NextLookUtc = health.NextLookUtc };
        if (
            !await watched.TryUpdateAsync(changed, found.ETag, cancellationToken)
            && await watched.FindAsync(run.RunId, cancellationToken) is null
        )
        {
            // The run has ended in the meantime, and whoever closed it did not know of these.
            await ResolveAsync(changed, cancellationToken);
        }
    }

    /// <summary>The run has ended: nothing is wrong with it any more, and nobody watches it.</summary>
    public async Task EndAsync(RunId runId, CancellationToken cancellationToken)
    {
        if (await watched.FindAsync(runId, cancellationToken) is { } found)
        {
            await ResolveAsync(found.Run, cancellationToken);
            await watched.RemoveAsync(runId, cancellationToken);
        }
    }

    private async Task ResolveAsync(WatchedRun run, CancellationToken cancellationToken)
    {
        foreach (var kind in run.OpenAlerts)
        {
            await alerts.ResolveAsync(run.RunId, kind, time.GetUtcNow(), cancellationToken);
        }
    }
}
