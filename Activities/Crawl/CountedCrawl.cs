using Marketline.Platforms.Crawl;

namespace Marketline.Activities.Crawl;

/// <param name="Last">How the crawl ended; null when not a page could be asked for.</param>
/// <param name="PageCount">All pages given to the sink.</param>
/// <param name="Problem">What is used up, the tenant's pages of the day or the run's budget, and some of the batch are missing.</param>
public sealed record CountedCrawl(BatchCrawlResult? Last, int PageCount, string? Problem = null);
