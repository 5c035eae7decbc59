using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>Which batches of a site have left a blob of a kind.</summary>
internal sealed class SiteBatches(BlobArtifactStore blobs, int site)
{
    /// <param name="folder">See <see cref="BlobNames.SiteBatches"/>.</param>
    /// <param name="ending">The blobs' ending, which tells a target list from a cursor.</param>
    public async Task<SortedSet<int>> ListAsync(RunRef run, string folder, string ending, CancellationToken cancellationToken)
    {
        var batches = new SortedSet<int>();
        await foreach (var name in blobs.ListAsync(run.TenantId, BlobNames.SiteBatches(folder, run, site), cancellationToken))
        {
            if (name.EndsWith(ending, StringComparison.Ordinal) && BatchNumbers.SiteOf(BlobNames.BatchOf(name)) == site)
            {
                batches.Add(BlobNames.BatchOf(name));
            }
        }

        return batches;
    }

    public Task<SortedSet<int>> OutcomesAsync(RunRef run, CancellationToken cancellationToken) =>
        ListAsync(run, "outcome", ".jsonl.gz", cancellationToken);

    public Task<SortedSet<int>> TargetsAsync(RunRef run, CancellationToken cancellationToken) =>
        ListAsync(run, "targets", ".jsonl", cancellationToken);
}
