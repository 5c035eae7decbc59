using Marketline.Core.Crawl;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// Crawls one batch within its time box and budgets. Several requests are under way at a time, but pages reach the sink in the
/// order of the targets, so that an archive of the same pages is the same bytes. A site that fails many times in a row gets a
/// pause and the rest comes back as a cursor; one that has used up its pauses has the rest failed without a request.
/// </summary>
public sealed class BatchCrawler(PageFetcherFactory fetchers, IOptions<CrawlOptions> options, TimeProvider time)
{
    /// <param name="request">The batch.</param>
    /// <param name="sink">Takes each page once, one at a time.</param>
    /// <param name="cancellationToken">Ends the crawl by an exception; nothing that a site does throws.</param>
    public async Task<BatchCrawlResult> CrawlAsync(
        BatchCrawlRequest request,
        Func<FetchedPage, CancellationToken, ValueTask> sink,
        CancellationToken cancellationToken
    )
    {
        using var fetcher = fetchers.Create(
            request.Throttle is { } stored ? AutoThrottle.Resume(stored) : null,
            request.DeadlineUtc,
            request.Api,
            request.Platform,
            request.Render
        );
        var run = new BatchRun(request, fetcher, fetchers.Settings, options.Value.MaxConcurrencyPerSite, time);
        return await run.RunAsync(sink, cancellationToken);
    }
}
