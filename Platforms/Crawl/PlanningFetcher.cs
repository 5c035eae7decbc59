using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// The way to a site while it is planned, in time boxes. What an earlier time box has fetched is given from its archive, in the same
/// order, so that a connector can plan from the beginning and comes to where it was without asking the site again.
/// </summary>
public sealed class PlanningFetcher(PageFetcher fetcher, IAsyncEnumerator<FetchedPage> earlier, WarcWriter archive) : IPageFetcher
{
    private bool _isReplaying = true;

    /// <summary>How many pages this time box has asked the site for.</summary>
    public int FetchedCount { get; private set; }

    /// <exception cref="PlanningPausedException">The time box is over, or the site asked for a pause.</exception>
    public async Task<FetchedPage> FetchAsync(CrawlTarget target, CancellationToken cancellationToken)
    {
        if (_isReplaying && await earlier.MoveNextAsync() && earlier.Current.Url == target.Url)
        {
            return earlier.Current;
        }

        // The archive is through, or the connector asks for something else than it did: from here on the site is asked.
        _isReplaying = false;
        var page = await fetcher.TryFetchAsync(target, known: null, cancellationToken)
            ?? throw new PlanningPausedException(fetcher.ThrottleState.NextRequestUtc);
        FetchedCount++;
        await archive.WriteAsync(page, cancellationToken);
        return page;
    }
}
