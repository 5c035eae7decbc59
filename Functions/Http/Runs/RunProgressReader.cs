using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>How far a run is, from its orchestration and those of its sites.</summary>
internal static class RunProgressReader
{
    private const int MaxParallelReads = 16;

    /// <returns>The view with its progress, and whether the orchestration ended without closing the run.</returns>
    public static async Task<(RunView View, bool IsBroken)> ReadAsync(
        DurableTaskClient client,
        RunView view,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(client, InstanceIds.Run(view.RunId), cancellationToken) is not { } instance)
        {
            return (view, false);
        }

        var isBroken = instance.RuntimeStatus is OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
        view = view with { Status = StatusOf(instance, view.Status) };
        if (instance.ReadCustomStatusAs<RunProgress>() is not { } progress)
        {
            return (view, isBroken);
        }

        var sites = await SitesAsync(client, view.RunId, progress.SiteCount, cancellationToken);
        return (
            view with
            {
                Progress = new ProgressView(
                    progress.Phase,
                    progress.TargetCount,
                    sites.Sum(site => site.PagesDone),
                    sites.Sum(site => site.BatchesDone),
                    sites.Sum(site => site.BatchCount)
                ),
            },
            isBroken
        );
    }

    private static async Task<List<SiteProgress>> SitesAsync(DurableTaskClient client, RunId runId, int count, CancellationToken cancellationToken)
    {
        var sites = new List<SiteProgress>(count);
        foreach (var some in Enumerable.Range(0, count).Chunk(MaxParallelReads))
        {
            var children = await Task.WhenAll(some.Select(site => FindAsync(client, InstanceIds.Site(runId, site), cancellationToken)));
            sites.AddRange(children.Select(child => child?.ReadCustomStatusAs<SiteProgress>()).OfType<SiteProgress>());
        }

        return sites;
    }

    private static Task<OrchestrationMetadata?> FindAsync(DurableTaskClient client, string instanceId, CancellationToken cancellationToken) =>
        client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);

    /// <summary>The row may lag behind while the tables are away, and knows nothing of an orchestration that broke.</summary>
    private static RunStatus StatusOf(OrchestrationMetadata instance, RunStatus recorded) =>
        instance.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Running => RunStatus.Running,
            OrchestrationRuntimeStatus.Suspended => RunStatus.Suspended,
            OrchestrationRuntimeStatus.Completed => instance.ReadOutputAs<RunSummary>()?.Status ?? recorded,
            OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => RunStatus.Failed,
            _ => recorded,
        };
}
