using Marketline.Core.Naming;
using Marketline.Storage.Blobs;
using Microsoft.DurableTask.Client;

namespace Marketline.Activities.Admission;

/// <summary>
/// Ends runs: one that waits never begins, one that goes on finds its cancel flag at its next step. What is fetched is still
/// cleaned and delivered, the rest fails as <c>cancelled</c>.
/// </summary>
public sealed class RunCanceller(RunQueue queue, BatchAdmission batches, BlobArtifactStore blobs, TimeProvider time)
{
    /// <returns>True when the run had not begun: it is over.</returns>
    public async Task<bool> CancelAsync(DurableTaskClient client, RunId runId, CancellationToken cancellationToken)
    {
        if (await queue.WithdrawAsync(client, runId, time.GetUtcNow(), cancellationToken))
        {
            return true;
        }

        using var empty = new MemoryStream();
        await blobs.WriteAsync(runId.TenantId, BlobNames.CancelFlag(runId), empty, cancellationToken);

        // Its batches that wait for a place would find the flag only when they ask again.
        await batches.WakeAsync(runId, client, cancellationToken);
        return false;
    }
}
