using Marketline.Core.Crawl;

namespace Marketline.Platforms;

/// <summary>The one way to a platform's pages, through the one admission gate (SSRF guard, robots.txt, limits, politeness).</summary>
public interface IPageFetcher
{
    /// <summary>
    /// Fetches one target. Whatever the other side does ends as a <see cref="FetchedPage"/>; only cancellation throws.
    /// </summary>
    Task<FetchedPage> FetchAsync(CrawlTarget target, CancellationToken cancellationToken);
}
