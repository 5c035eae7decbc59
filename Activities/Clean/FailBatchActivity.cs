using Marketline.Activities.Admission;
using Marketline.Core.Clean;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Activities.Clean;

/// <summary>
/// The last resort for a batch that can not be cleaned: an outcome of failed objects, one per planned target, so that the
/// run's numbers add up and lineage says why. Touches neither the raw archive nor the pages.
/// </summary>
public sealed class FailBatchActivity(BlobArtifactStore blobs, BatchAdmission admission, TimeProvider time)
{
    [Function(nameof(FailBatchActivity))]
    public async Task<CleanBatchOutput> RunAsync(
        [ActivityTrigger] CleanBatchInput input,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        await SourceBatch.TakeTargetsAsync(blobs, input, cancellationToken);
        var urls = await PlannedTargets.ReadAsync(blobs, input, pageCount: 0, cancellationToken);
        var reason = BatchReason.Of(input) ?? "clean-failed";
        var block = new LineageBlock(LineageStep.Clean, StepState.Failed, time.GetUtcNow(), 0, reason);
        var outcomes = urls.Select(url => new ObjectOutcome
            {
                ObjectKey = ObjectKey.FromUrl(url),
                Url = url,
                State = ObjectState.Failed,
                Reason = reason,
                Blocks = [block],
            })
            .ToList();

        // What an earlier attempt wrote must not be taken for this batch's.
        await blobs.DeleteIfExistsAsync(input.Run.TenantId, BlobNames.Clean(input.Run, input.Batch), cancellationToken);
        await blobs.DeleteIfExistsAsync(input.Run.TenantId, BlobNames.Quarantine(input.Run, input.Batch), cancellationToken);
        var name = BlobNames.Outcome(input.Run, input.Batch);
        await OutcomeFile.WriteAsync(blobs, input.Run.TenantId, name, outcomes, cancellationToken);
        await admission.LeaveAsync(input.Run, input.Batch, client, cancellationToken);
        return new CleanBatchOutput(new ObjectCounts { Ingested = outcomes.Count, Failed = outcomes.Count });
    }
}
