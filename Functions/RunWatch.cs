using Marketline.Activities.Admission;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions;

/// <summary>
/// Looks at a run that has not ended: starts it when whoever added it died before he did, closes it when its orchestration
/// broke, and raises an alert while nothing in it moves or its deadline has passed. Looking twice is harmless.
/// </summary>
public sealed partial class RunWatch(
    TableRunStore runs,
    RunLauncher launcher,
    RunQueue queue,
    RunAlerts alerts,
    TimeProvider time,
    ILogger<RunWatch> logger
)
{
    /// <summary>Whoever has not added a run's row by then never will.</summary>
    private static readonly TimeSpan RowTime = TimeSpan.FromMinutes(10);

    public async Task LookAsync(DurableTaskClient client, VersionedWatchedRun found, CancellationToken cancellationToken)
    {
        var run = found.Run;
        var row = await runs.FindAsync(run.RunId, cancellationToken);
        if (row is null && time.GetUtcNow() < run.AddedUtc + RowTime)
        {
            return;
        }

        if (row is null || row.Status.IsOver())
        {
            await alerts.EndAsync(run.RunId, cancellationToken);
            return;
        }

        if (row.Status == RunStatus.Queued)
        {
            await alerts.SetAsync(found, RunHealth.Judge(run, null, time.GetUtcNow()), cancellationToken);
            return;
        }

        var instance = await client.GetInstanceAsync(InstanceIds.Run(run.RunId), getInputsAndOutputs: true, cancellationToken);
        if (await FindBreakAsync(client, row, instance, cancellationToken) is { } problem)
        {
            await BreakAsync(row, problem, cancellationToken);
            await queue.LeaveAsync(client, run.RunId, cancellationToken);
            await alerts.EndAsync(run.RunId, cancellationToken);
            return;
        }

        var health = instance?.RuntimeStatus switch
        {
            // Its records are being written, for as long as it takes.
            null or OrchestrationRuntimeStatus.Completed => RunHealth.Good(run, time.GetUtcNow()),
            OrchestrationRuntimeStatus.Suspended => RunHealth.Judge(run, null, time.GetUtcNow()),
            _ => RunHealth.Judge(run, await MovedAsync(client, run, instance, cancellationToken), time.GetUtcNow()),
        };
        await alerts.SetAsync(found, health, cancellationToken);
    }

    /// <summary>Why the run will not go on; null when it will, having been started where that was missing.</summary>
    private async Task<string?> FindBreakAsync(
        DurableTaskClient client,
        RunRecord row,
        OrchestrationMetadata? instance,
        CancellationToken cancellationToken
    )
    {
        switch (instance?.RuntimeStatus)
        {
            case OrchestrationRuntimeStatus.Failed:
                return instance.FailureDetails?.ErrorMessage ?? "its orchestration failed";
            case OrchestrationRuntimeStatus.Terminated:
                return "its orchestration was terminated";
            case null when row.Status != RunStatus.Scheduled:
                return "its orchestration is gone";
            case null:
                await launcher.StartAsync(client, row.Run.RunId, cancellationToken);
                LogStartedAgain(row.Run.TenantId.Value, row.Run.RunId.Value);
                return null;
            default:
                return null;
        }
    }

    private async Task BreakAsync(RunRecord row, string problem, CancellationToken cancellationToken)
    {
        LogBroken(row.Run.TenantId.Value, row.Run.RunId.Value, problem);
        await runs.UpdateAsync(
            row.Run.RunId,
            current => current.Status.IsOver()
                ? null
                : current with
                {
                    Status = RunStatus.Failed,
                    FinishedUtc = time.GetUtcNow(),
                    Problems = [.. current.Problems, $"the run broke: {problem}"],
                },
            cancellationToken
        );
    }

    /// <summary>A run waits for its sites: while one of them moves, it does. One site that does is enough to know.</summary>
    private async Task<DateTimeOffset> MovedAsync(
        DurableTaskClient client,
        WatchedRun run,
        OrchestrationMetadata instance,
        CancellationToken cancellationToken
    )
    {
        var nowUtc = time.GetUtcNow();
        var moved = instance.LastUpdatedAt;
        var siteCount = instance.ReadCustomStatusAs<RunProgress>()?.SiteCount ?? 0;
        for (var site = 0; site < siteCount && RunHealth.IsStuck(run, moved, nowUtc); site++)
        {
            var child = await client.GetInstanceAsync(InstanceIds.Site(run.RunId, site), cancellationToken);
            moved = child?.LastUpdatedAt > moved ? child.LastUpdatedAt : moved;
        }

        return moved;
    }

    [LoggerMessage(LogLevel.Warning, "The run {RunId} of {TenantId} had a row and no orchestration; it was started.")]
    private partial void LogStartedAgain(string tenantId, string runId);

    [LoggerMessage(LogLevel.Error, "The run {RunId} of {TenantId} broke: {Problem}.")]
    private partial void LogBroken(string tenantId, string runId, string problem);
}
