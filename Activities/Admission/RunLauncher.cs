using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Activities.Admission;

/// <summary>Starts the orchestration of a run that has its place. Starting one that was started is harmless.</summary>
public sealed class RunLauncher(TableRunStore runs)
{
    /// <summary>Under the run's id, which no status lets be replaced.</summary>
    public static async Task StartAsync(DurableTaskClient client, RunInput input, CancellationToken cancellationToken)
    {
        var instanceId = InstanceIds.Run(input.Run.RunId);
        var options = new StartOrchestrationOptions(instanceId).WithDedupeStatuses(
            [.. StartOrchestrationOptionsExtensions.ValidDedupeStatuses]
        );
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(RunContracts.Orchestrator, input, options, cancellationToken);
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

    /// <summary>
    /// From its row. One that is not there yet is started by who adds it, one of another task hub by a worker of that hub, and one
    /// that has begun was started.
    /// </summary>
    public async Task StartAsync(DurableTaskClient client, RunId runId, CancellationToken cancellationToken)
    {
        var found = await runs.FindToStartAsync(runId, cancellationToken);
        if (found is { Input: { } input } && found.Run.Status.IsAhead() && found.Run.TaskHub == client.Name)
        {
            await StartAsync(client, input, cancellationToken);
        }
    }
}
