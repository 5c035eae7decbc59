using System.Diagnostics;
using Marketline.Activities.Clean;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Activities.Lineage;

/// <summary>
/// Turns outcome blobs into lineage rows: what the batch step wrote, and what the gold step made of it where it has run by
/// now. The rows replace earlier ones of the same objects, so a late or second run leaves the latest truth.
/// </summary>
public sealed class WriteLineageActivity(BlobArtifactStore blobs, TableLineageStore lineage)
{
    [Function(nameof(WriteLineageActivity))]
    public async Task<WriteLineageOutput> RunAsync(
        [ActivityTrigger] WriteLineageInput input,
        CancellationToken cancellationToken
    )
    {
        var batches = new List<BatchOutcomes>(input.BatchCount);
        for (var batch = input.FirstBatch; batch < input.FirstBatch + input.BatchCount; batch++)
        {
            batches.Add(await ReadAsync(input, batch, cancellationToken));
        }

        var traceId = ActivityContext.TryParse(input.Run.TraceParent, null, out var trace) ? trace.TraceId.ToString() : null;
        return new WriteLineageOutput(await lineage.WriteAsync(input.Run, traceId, batches, cancellationToken));
    }

    private async Task<BatchOutcomes> ReadAsync(WriteLineageInput input, int batch, CancellationToken cancellationToken)
    {
        var outcomes = await OutcomeFile.ReadAsync<ObjectOutcome>(
            blobs,
            input.Run.TenantId,
            BlobNames.Outcome(input.Run, batch),
            cancellationToken
        );
        var gold = await OutcomeFile.ReadAsync<GoldOutcome>(
            blobs,
            input.Run.TenantId,
            BlobNames.GoldOutcome(input.Run, batch),
            cancellationToken
        );
        var ended = GoldOutcomes.Apply(outcomes, gold, input.LeftOverReason);
        return new BatchOutcomes(batch, [.. ended.Select(outcome => outcome with { Version = null })]);
    }
}
