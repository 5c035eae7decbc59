using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Storage;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>
/// What the other batches of a site have, planned or found, so that no address is fetched by two batches of a run. Copied to a file when
/// the first page leads on, which most never do; the batches of a site are crawled one after the other, so nothing is added meanwhile.
/// What is this batch's own does not count: its frontier says what of that is done, also when a time box runs again after a kill.
/// </summary>
internal sealed class OtherBatches(BlobArtifactStore blobs, RunRef run, int batch) : IDisposable
{
    private readonly string _blob = BlobNames.Seen(run, BatchNumbers.SiteOf(batch));
    private readonly TemporaryFile _copy = new(".seen");
    private readonly MemoryStream _taken = new();
    private bool? _areThere;

    /// <summary>Those of the targets that are this batch's from now on.</summary>
    public async Task<IReadOnlyList<CrawlTarget>> UnseenAsync(IReadOnlyList<CrawlTarget> found, CancellationToken cancellationToken)
    {
        _areThere ??= await TryCopyAsync(cancellationToken);
        if (_areThere == false)
        {
            return found;
        }

        var digests = found.Select(target => Digest.NumberOf(target.Url)).ToHashSet();
        await using (var file = File.OpenRead(_copy.Path))
        {
            await SeenAddresses.RemoveAsync(file, batch, digests, cancellationToken);
        }

        var unseen = found.Where(target => digests.Contains(Digest.NumberOf(target.Url))).ToList();
        unseen.ForEach(target => SeenAddresses.Write(_taken, target.Url, batch));
        return unseen;
    }

    /// <summary>Tells the batches after this one what it has taken.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_taken.Length > 0)
        {
            await blobs.AppendAsync(run.TenantId, _blob, _taken.ToArray(), isNew: false, cancellationToken);
            _taken.SetLength(0);
        }
    }

    public void Dispose()
    {
        _copy.Dispose();
        _taken.Dispose();
    }

    private async Task<bool> TryCopyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await blobs.ReadToFileAsync(run.TenantId, _blob, _copy.Path, cancellationToken);
            return true;
        }
        catch (BlobMissingException)
        {
            // Planning leaves none for a site of one batch.
            return false;
        }
    }
}
