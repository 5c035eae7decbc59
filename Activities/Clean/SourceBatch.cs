using Marketline.Core.Clean;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Clean;

/// <summary>What the steps have in common that take a batch from another run.</summary>
internal static class SourceBatch
{
    /// <summary>Nobody fetches in such a run, which is where a run notices else.</summary>
    public static Task<bool> IsCancelledAsync(BlobArtifactStore blobs, CleanBatchInput input, CancellationToken cancellationToken) =>
        blobs.ExistsAsync(input.Run.TenantId, BlobNames.CancelFlag(input.Run.RunId), cancellationToken);

    /// <summary>The run gets a target list of its own, so that it can be repeated like any other.</summary>
    public static async Task TakeTargetsAsync(BlobArtifactStore blobs, CleanBatchInput input, CancellationToken cancellationToken)
    {
        if (input.Source is { } source)
        {
            var (from, to) = (BlobNames.Targets(source, input.Batch), BlobNames.Targets(input.Run, input.Batch));
            await blobs.TryCopyAsync(input.Run.TenantId, from, to, cancellationToken);
        }
    }
}
