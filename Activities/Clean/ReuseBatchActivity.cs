using Marketline.Core.Clean;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Activities.Clean;

/// <summary>
/// Takes over what of another run's batch was clean: a copy of its clean file, and the outcomes of the objects in it, which are
/// in transit to the gold step again. What ended before that step is no object of this run. A second run writes the same blobs.
/// </summary>
public sealed class ReuseBatchActivity(BlobArtifactStore blobs)
{
    [Function(nameof(ReuseBatchActivity))]
    public async Task<CleanBatchOutput> RunAsync([ActivityTrigger] CleanBatchInput input, CancellationToken cancellationToken)
    {
        var tenantId = input.Run.TenantId;
        var source = input.Source ?? throw new ArgumentException("There is no run to take the batch from.", nameof(input));
        await SourceBatch.TakeTargetsAsync(blobs, input, cancellationToken);
        var outcomes = await OutcomeFile.ReadAsync<ObjectOutcome>(blobs, tenantId, BlobNames.Outcome(source, input.Batch), cancellationToken);
        var clean = outcomes.Where(outcome => outcome.State == ObjectState.InTransit).ToList();

        var isCancelled = await SourceBatch.IsCancelledAsync(blobs, input, cancellationToken);
        var reason = isCancelled ? "cancelled" : await TakeFileAsync(input, source, clean.Count, cancellationToken) ? null : "clean-missing";
        var taken = reason is null ? clean : clean.Select(outcome => outcome with { State = ObjectState.Failed, Reason = reason });
        await OutcomeFile.WriteAsync(blobs, tenantId, BlobNames.Outcome(input.Run, input.Batch), taken, cancellationToken);

        var counts = new ObjectCounts { Ingested = clean.Count, Failed = reason is null ? 0 : clean.Count };
        return new CleanBatchOutput(counts, isCancelled ? null : reason, isCancelled);
    }

    private async Task<bool> TakeFileAsync(CleanBatchInput input, RunRef source, int objectCount, CancellationToken cancellationToken)
    {
        var (from, to) = (BlobNames.Clean(source, input.Batch), BlobNames.Clean(input.Run, input.Batch));
        return objectCount == 0 || await blobs.TryCopyAsync(input.Run.TenantId, from, to, cancellationToken);
    }
}
