using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Activities.Lineage;

/// <summary>Tells which batches of a run have an outcome blob.</summary>
public sealed class ListBatchesActivity(BlobArtifactStore blobs)
{
    [Function(nameof(ListBatchesActivity))]
    public async Task<ListBatchesOutput> RunAsync([ActivityTrigger] ListBatchesInput input, CancellationToken cancellationToken)
    {
        var batches = new List<int>();
        await foreach (var name in blobs.ListAsync(input.Run.TenantId, BlobNames.OutcomeFolder(input.Run), cancellationToken))
        {
            if (!BlobNames.IsGoldOutcome(name))
            {
                batches.Add(BlobNames.BatchOf(name));
            }
        }

        return new ListBatchesOutput(BatchRange.Of(batches));
    }
}
