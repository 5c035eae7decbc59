using System.Diagnostics;
using Marketline.Core.Naming;
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
public sealed class RunStarter(TableRunStore runs)
{
    public async Task<RunId> StartAsync(
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
        };
        if (!await runs.TryAddAsync(row, cancellationToken) && await IsOfAnotherHubAsync(run.RunId, client, cancellationToken))
        {
            return run.RunId;
        }

        var input = new RunInput { Run = run, Sites = plan.Sites, Limits = plan.Limits };
        await ScheduleOnceAsync(client, InstanceIds.Run(run.RunId), input, cancellationToken);
        return run.RunId;
    }

    private async Task<bool> IsOfAnotherHubAsync(RunId runId, DurableTaskClient client, CancellationToken cancellationToken) =>
        await runs.FindAsync(runId, cancellationToken) is { TaskHub: { } hub } && hub != client.Name;

    private static async Task ScheduleOnceAsync(
        DurableTaskClient client,
        string instanceId,
        RunInput input,
        CancellationToken cancellationToken
    )
    {
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
