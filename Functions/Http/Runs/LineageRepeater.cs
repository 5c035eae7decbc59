using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Orchestrators.Lineage;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>
/// Has a closed run's lineage rows written again from its outcome blobs. Its row is open meanwhile; asked for twice it is done
/// once at a time.
/// </summary>
public sealed class LineageRepeater(TableRunStore runs, BlobArtifactStore blobs, RunViews views)
{
    public async Task<IResult> StartAsync(RunId runId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(runId, cancellationToken) is not { StartedUtc: { } startedUtc, FinishedUtc: { } finishedUtc } record)
        {
            return Problems.Conflict("The run ended without a result.", "Leave out 'from' to do it again from the beginning.");
        }

        if (!await blobs.ListAsync(runId.TenantId, BlobNames.OutcomeFolder(record.Run), cancellationToken).AnyAsync(cancellationToken))
        {
            return Problems.Conflict("The run has no outcomes, or none any more.", "Leave out 'from' to do it again from the beginning.");
        }

        var checkpoint = new RecordRunCheckpoint { Run = record.Run, Summary = Summary(record, startedUtc, finishedUtc), IsAgain = true };
        await runs.UpdateAsync(runId, row => row with { IsLineageComplete = false }, cancellationToken);
        await StartOnceAsync(client, InstanceIds.Record(runId, "again"), checkpoint, cancellationToken);
        views.Forget(runId);
        return Results.Accepted(RunAddress.Of(runId), new StartedRun(runId));
    }

    private static RunSummary Summary(RunRecord record, DateTimeOffset startedUtc, DateTimeOffset finishedUtc) =>
        new()
        {
            Status = record.Status,
            StartedUtc = startedUtc,
            FinishedUtc = finishedUtc,
            PageCount = record.PageCount,
            BatchCount = record.BatchCount,
            Objects = record.Objects,
            Datasets = record.Datasets,
            Problems = record.Problems,
        };

    private static async Task StartOnceAsync(
        DurableTaskClient client,
        string instanceId,
        RecordRunCheckpoint checkpoint,
        CancellationToken cancellationToken
    )
    {
        try
        {
            // By default one that has ended is replaced, and one that goes on is refused.
            var options = new StartOrchestrationOptions(instanceId);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(RecordRunOrchestrator), checkpoint, options, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // "Already exists" has another exception type on every backend: the instance itself is the proof.
            if (await client.GetInstanceAsync(instanceId, cancellationToken) is not { IsCompleted: false })
            {
                throw;
            }
        }
    }
}
