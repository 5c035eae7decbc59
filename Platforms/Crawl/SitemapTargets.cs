using System.Runtime.CompilerServices;
using Marketline.Core.Crawl;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// Plans a site from its sitemaps (sitemaps.org): those that robots.txt names, else the usual places. A broken sitemap gives
/// what can be read of it, and a warning. Memory: one sitemap file, and what <see cref="AddressSet"/> holds.
/// </summary>
public sealed partial class SitemapTargets(IOptions<CrawlOptions> options, ILogger<SitemapTargets> logger)
{
    /// <param name="site">Whose pages; those of other sites are left out, as sitemaps.org demands.</param>
    /// <param name="isWanted">Asked with a page's canonical address; for a mirror, that of the original.</param>
    /// <param name="fetcher">The polite way to the site.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TargetPlanningException">The site has no sitemap that can be read.</exception>
    public async IAsyncEnumerable<CrawlTarget> ReadAsync(
        SitePlan site,
        Func<Uri, bool> isWanted,
        IPageFetcher fetcher,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        using var walk = new SitemapWalk(site, isWanted);
        walk.Declare(await DeclaredAsync(site, fetcher, cancellationToken));
        while (walk.TryNext() is { } sitemap)
        {
            var page = await fetcher.FetchAsync(new CrawlTarget(sitemap.AbsoluteUri), cancellationToken);
            if (page.FailureReason is not null)
            {
                LogUnreachable(sitemap, page.FailureReason, page.FailureDetail);
                walk.Failed(page);
                continue;
            }

            using var reading = new SitemapReading(page.Body, options.Value.MaxSitemapBytes);
            while (reading.TryNext(out var entry))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (walk.Take(entry) is { } target)
                {
                    yield return target;
                }
            }

            walk.Finished(sitemap, reading);
            if (reading is { IsSitemap: true, Problem: not null })
            {
                LogBroken(sitemap, reading.Problem);
            }
        }

        walk.ThrowIfNothingRead();
    }

    private async Task<IReadOnlyList<string>> DeclaredAsync(SitePlan site, IPageFetcher fetcher, CancellationToken cancellationToken)
    {
        var robots = await fetcher.FetchAsync(new CrawlTarget(new Uri(site.BaseUrl, "/robots.txt").AbsoluteUri), cancellationToken);
        UnreachableSite.ThrowIfSo(site.BaseUrl, robots);
        return robots.FailureReason is null ? RobotsRules.Parse(robots.Body.Span, options.Value.ProductToken).Sitemaps : [];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sitemap {Sitemap} was not read: {Reason} {Detail}")]
    private partial void LogUnreachable(Uri sitemap, string reason, string? detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sitemap {Sitemap} is broken, what stands before the break is used: {Problem}")]
    private partial void LogBroken(Uri sitemap, string problem);
}
