using Marketline.Core.Crawl;
using Marketline.Storage.Blobs;

namespace Marketline.Activities.Crawl;

/// <summary>
/// Stores every few seconds how far a segment has come: the archive first, then the cursor that says how much of the archive belongs to
/// it. A worker that is killed leaves the pages since then to be fetched again, and none before.
/// </summary>
internal sealed class SegmentCheckpoints(CrawlBatchInput input, CrawlFrontier start, BatchCursor cursor, RawSegmentStream archive, OtherBatches others, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private DateTimeOffset _storedUtc = time.GetUtcNow();
    private int _pageCount = start.PageCount;

    public async ValueTask PageDoneAsync(Func<CrawlFrontier> left, CancellationToken cancellationToken)
    {
        _pageCount++;
        if (time.GetUtcNow() - _storedUtc < Interval)
        {
            return;
        }

        await CommitAsync(cancellationToken);
        await cursor.SaveAsync(input.Segment, left() with { BlockCount = archive.BlockCount, PageCount = _pageCount }, cancellationToken);
        _storedUtc = time.GetUtcNow();
    }

    /// <param name="left">What the next segment begins with; null when the batch is done.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task CompleteAsync(CrawlFrontier? left, CancellationToken cancellationToken)
    {
        await CommitAsync(cancellationToken);
        if (left is not null)
        {
            await cursor.SaveAsync(input.Segment + 1, left, cancellationToken);
        }
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        await archive.CommitAsync(cancellationToken);
        await others.SaveAsync(cancellationToken);
    }
}
