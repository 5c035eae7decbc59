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

        await archive.CommitAsync(cancellationToken);
        await others.SaveAsync(cancellationToken);
        var frontier = left() with { BlockCount = archive.BlockCount, PageCount = _pageCount };
        await cursor.SaveAsync(input.Segment, frontier, cancellationToken);
        _storedUtc = time.GetUtcNow();
    }
}
