using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Storage.Blobs;

/// <summary>
/// Site slots: who may crawl a site now, over all workers and tenants, and the throttle state that travels with the right.
/// In blobs, not in tables, so that a run goes on while the tables are away.
/// </summary>
public sealed class BlobSiteSlotStore(BlobContainers containers, TimeProvider time)
{
    /// <returns>The slot, to be disposed; null when it is taken.</returns>
    public async Task<LeasedRecord<SiteThrottleState>?> TryAcquireAsync(string site, CancellationToken cancellationToken)
    {
        var blob = (await containers.GetSystemAsync()).GetBlobClient(BlobNames.SiteSlot(site));
        return await LeasedRecord<SiteThrottleState>.TryAcquireAsync(blob, time, cancellationToken);
    }
}
