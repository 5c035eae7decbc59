using System.Diagnostics;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Orchestrators.Crawl;
using Marketline.Storage.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions;

/// <summary>
/// Starts runs. The row comes first, then the orchestration under the run's id, which no status lets be replaced: starting the
/// same slot twice, on two workers or after a crash, is starting it once. The row names the task hub, so that of two hubs on one
/// account (deployment slots have one each) only the first one executes the run.
/// </summary>
public sealed class RunStarter(TableRunStore runs, TableWatchedRunStore watched, TimeProvider time)
{
    public async Task<StartResult> StartAsync(
        DurableTaskClient client,
        RunRequest request,
        CancellationToken cancellationToken
    )
    {
        var plan = request.Plan;
        var run = new RunRef
        {
            RunId = new RunId(plan.TenantId, plan.PlanId, request.SlotUtc),
            Platform = plan.Platform,
            Kind = plan.Kind,
            TraceParent = Activity.Current?.Id,
        };
        var row = new RunRecord
        {
            Run = run,
            Status = RunStatus.Scheduled,
            TaskHub = client.Name,
            Trigger = request.Trigger,
            Priority = request.Priority,
            CorrelationId = request.CorrelationId,
            DeadlineUtc = plan.Schedule?.DeadlineSeconds is { } seconds ? request.SlotUtc.AddSeconds(seconds) : null,
        };
        await watched.AddAsync(WatchedRun.Of(row, plan, time.GetUtcNow()), cancellationToken);
        if (!await runs.TryAddAsync(row, cancellationToken) && await IsOfAnotherHubAsync(run.RunId, client, cancellationToken))
        {
            return new StartResult(run.RunId, StartOutcome.AlreadyStarted);
        }

        await ScheduleOnceAsync(client, row, plan, cancellationToken);
        return new StartResult(run.RunId, StartOutcome.Started);
    }

    /// <summary>Starts a run whose row is there, and whose worker died before it started it.</summary>
    /// <param name="plan">As it is now: how it was then nobody knows.</param>
    public static Task StartAgainAsync(DurableTaskClient client, RunRecord row, Plan plan, CancellationToken cancellationToken) =>
        ScheduleOnceAsync(client, row, plan, cancellationToken);

    private async Task<bool> IsOfAnotherHubAsync(RunId runId, DurableTaskClient client, CancellationToken cancellationToken) =>
        await runs.FindAsync(runId, cancellationToken) is { TaskHub: { } hub } && hub != client.Name;

    private static async Task ScheduleOnceAsync(
        DurableTaskClient client,
        RunRecord row,
        Plan plan,
        CancellationToken cancellationToken
    )
    {
        var instanceId = InstanceIds.Run(row.Run.RunId);
        var input = new RunInput { Run = row.Run, Sites = plan.Sites, Limits = plan.Limits, RerunOf = row.RerunOf };
        var options = new StartOrchestrationOptions(instanceId).WithDedupeStatuses(
            [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]
        );
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(TenantCrawlOrchestrator), input, options, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // "Already exists" has another exception type on every backend: the instance itself is the proof.
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is null)
            {
                throw;
            }
        }
    }
}
