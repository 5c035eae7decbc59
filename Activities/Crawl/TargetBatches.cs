using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>
/// A site's targets on their way into batches: each is written when it is full, and which address is in which batch is noted for
/// <see cref="OtherBatches"/>.
/// </summary>
/// <param name="batchesDone">How many batches are written already: targets that belong to them are counted only.</param>
internal sealed class TargetBatches(BlobArtifactStore blobs, RunRef run, int firstBatch, int batchSize, int batchesDone = 0) : IDisposable
{
    private const int MaxNotedBytes = 50_000 * SeenAddresses.EntryLength;

    private readonly List<CrawlTarget> _batch = new(batchSize);
    private readonly MemoryStream _noted = new();
    private bool _isFirstNote = batchesDone == 0;

    public int BatchCount { get; private set; }

    public long TargetCount { get; private set; }

    public async Task AddAsync(CrawlTarget target, CancellationToken cancellationToken)
    {
        _batch.Add(target);
        TargetCount++;
        if (_batch.Count == batchSize)
        {
            await WriteAsync(cancellationToken);
        }
    }

    /// <summary>Writes the last batch, which need not be full. Where there is no other one, nobody will ask who has what.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count > 0)
        {
            await WriteAsync(cancellationToken);
        }

        if (BatchCount > 1)
        {
            await SaveNotesAsync(cancellationToken);
        }
    }

    /// <summary>Leaves what is no full batch yet to the next time box, which comes to it again.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) => SaveNotesAsync(cancellationToken);

    public void Dispose() => _noted.Dispose();

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (BatchCount >= batchesDone)
        {
            var number = firstBatch + BatchCount;
            using var content = TargetList.Write(_batch);
            await blobs.WriteAsync(run.TenantId, BlobNames.Targets(run, number), content, cancellationToken);
            _batch.ForEach(target => SeenAddresses.Write(_noted, target.Url, number));
            if (_noted.Length >= MaxNotedBytes)
            {
                await SaveNotesAsync(cancellationToken);
            }
        }

        BatchCount++;
        _batch.Clear();
    }

    private async Task SaveNotesAsync(CancellationToken cancellationToken)
    {
        if (_noted.Length > 0)
        {
            var name = BlobNames.Seen(run, BatchNumbers.SiteOf(firstBatch));
            await blobs.AppendAsync(run.TenantId, name, _noted.ToArray(), _isFirstNote, cancellationToken);
            _isFirstNote = false;
            _noted.SetLength(0);
        }
    }
}
