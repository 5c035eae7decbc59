using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>One run: its row, and while it goes on how far it is.</summary>
public sealed class GetRunEndpoint(TableRunStore runs)
{
    [Function(nameof(GetRunEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "Tell how a run is", Answer = typeof(RunView))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{runId}")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var record =
            RunId.TryParse(runId, out var id) && id.TenantId == request.TenantId()
                ? await runs.FindAsync(id, cancellationToken)
                : null;
        if (record is null)
        {
            return Problems.NotFound($"The run '{runId}'", "GET /api/runs lists the runs.");
        }

        var view = RunView.Of(record);
        if (record.Status is RunStatus.Scheduled or RunStatus.Running)
        {
            view = await WithProgressAsync(client, view, cancellationToken);
        }

        return Results.Json(view, JsonFormat.Options);
    }

    private static async Task<RunView> WithProgressAsync(
        DurableTaskClient client,
        RunView view,
        CancellationToken cancellationToken
    )
    {
        var instance = await client.GetInstanceAsync(
            InstanceIds.Run(view.RunId),
            getInputsAndOutputs: true,
            cancellationToken
        );
        if (instance?.ReadCustomStatusAs<RunProgress>() is not { } progress)
        {
            return view;
        }

        var sites = new List<SiteProgress>();
        for (var site = 0; site < progress.SiteCount; site++)
        {
            var child = await client.GetInstanceAsync(
                InstanceIds.Site(view.RunId, site),
                getInputsAndOutputs: true,
                cancellationToken
            );
            if (child?.ReadCustomStatusAs<SiteProgress>() is { } siteProgress)
            {
                sites.Add(siteProgress);
            }
        }

        return view with
        {
            Status = StatusOf(instance, view.Status),
            Progress = new ProgressView(
                progress.Phase,
                progress.TargetCount,
                sites.Sum(site => site.PagesDone),
                sites.Sum(site => site.BatchesDone),
                sites.Sum(site => site.BatchCount)
            ),
        };
    }

    /// <summary>The row may lag behind while the tables are away, and knows nothing of an orchestration that broke.</summary>
    private static RunStatus StatusOf(OrchestrationMetadata instance, RunStatus recorded) =>
        instance.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended => RunStatus.Running,
            OrchestrationRuntimeStatus.Completed => instance.ReadOutputAs<RunSummary>()?.Status ?? recorded,
            OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => RunStatus.Failed,
            _ => recorded,
        };
}
