using Marketline.Activities.Admission;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>
/// Stops runs, for a while or for good, and has them go on. Each may be asked for twice. An activity that is under way ends its
/// time box all the same.
/// </summary>
public sealed class RunControl(TableRunStore runs, RunCanceller canceller, RunViews views)
{
    private const int MaxParallelCalls = 16;

    public async Task<IResult> CancelAsync(HttpRequest request, string runId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (run, problem) = await FindAsync(request, runId, client, cancellationToken);
        if (run is null || (run.Status.IsOver() && run.Status != RunStatus.Cancelled))
        {
            return problem ?? IsOver(run!);
        }

        if (!run.Status.IsOver() && !await canceller.CancelAsync(client, run.RunId, cancellationToken) && run.Status == RunStatus.Suspended)
        {
            // It has to go on to end.
            await GoOnAsync(client, run, cancellationToken);
        }

        return Accepted(run.RunId);
    }

    public async Task<IResult> SuspendAsync(HttpRequest request, string runId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (run, problem) = await FindAsync(request, runId, client, cancellationToken);
        switch (run?.Status)
        {
            case null:
                return problem!;
            case RunStatus.Queued or RunStatus.Scheduled:
                return Problems.Conflict("The run has not begun.", $"Ask again when it runs, or POST {RunAddress.Of(run.RunId)}/cancel.");
            case RunStatus.Running or RunStatus.Suspended:
                await runs.UpdateAsync(
                    run.RunId,
                    // The row may not know yet that the run has begun.
                    row => row.Status is RunStatus.Scheduled or RunStatus.Running ? row with { Status = RunStatus.Suspended } : null,
                    cancellationToken
                );
                await ForAllAsync(client, run, OrchestrationRuntimeStatus.Running, client.SuspendInstanceAsync, cancellationToken);
                return Accepted(run.RunId);
            default:
                return IsOver(run);
        }
    }

    public async Task<IResult> ResumeAsync(HttpRequest request, string runId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (run, problem) = await FindAsync(request, runId, client, cancellationToken);
        if (run is null || run.Status.IsOver())
        {
            return problem ?? IsOver(run!);
        }

        await GoOnAsync(client, run, cancellationToken);
        return Accepted(run.RunId);
    }

    private async Task<(RunView? Run, IResult? Problem)> FindAsync(
        HttpRequest request,
        string runId,
        DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        if (RunAddress.Parse(request, runId) is not { } id)
        {
            return (null, RunAddress.NotThere(runId));
        }

        views.Forget(id);
        return await views.FindAsync(id, client, cancellationToken) is { } run ? (run.View, null) : (null, RunAddress.NotThere(runId));
    }

    private async Task GoOnAsync(DurableTaskClient client, RunView run, CancellationToken cancellationToken)
    {
        await runs.UpdateAsync(
            run.RunId,
            row => row.Status == RunStatus.Suspended ? row with { Status = RunStatus.Running } : null,
            cancellationToken
        );
        await ForAllAsync(client, run, OrchestrationRuntimeStatus.Suspended, client.ResumeInstanceAsync, cancellationToken);
    }

    /// <summary>The run first, so that it begins no further sites; those that are there have names that can be counted up.</summary>
    private static async Task ForAllAsync(
        DurableTaskClient client,
        RunView run,
        OrchestrationRuntimeStatus status,
        Func<string, string?, CancellationToken, Task> act,
        CancellationToken cancellationToken
    )
    {
        var instance = await client.GetInstanceAsync(InstanceIds.Run(run.RunId), getInputsAndOutputs: true, cancellationToken);
        await ActAsync(instance);
        var siteCount = instance?.ReadCustomStatusAs<RunProgress>()?.SiteCount ?? 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelCalls, CancellationToken = cancellationToken };
        await Parallel.ForAsync(
            0,
            siteCount,
            options,
            async (site, token) => await ActAsync(await client.GetInstanceAsync(InstanceIds.Site(run.RunId, site), token))
        );

        Task ActAsync(OrchestrationMetadata? found) =>
            found?.RuntimeStatus == status ? act(found.InstanceId, null, cancellationToken) : Task.CompletedTask;
    }

    private IResult Accepted(RunId runId)
    {
        views.Forget(runId);
        return Results.Accepted(RunAddress.Of(runId));
    }

    private static IResult IsOver(RunView run) =>
        Problems.Conflict($"The run is over: {run.Status}.", $"POST {RunAddress.Of(run.RunId)}/rerun does it again, or what of it failed.");
}
