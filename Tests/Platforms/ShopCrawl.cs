using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms;

/// <summary>Plans, crawls and extracts a site or an API as a run does: through the crawler, follow-ups included.</summary>
internal static class ShopCrawl
{
    public static async Task<List<CrawlTarget>> PlanAsync(this CrawlFixture crawl, IPlatformConnector connector, SitePlan site, CrawlKind kind, ApiSession? api = null)
    {
        using var fetcher = crawl.Fetchers.Create(throttle: null, api: api);
        var targets = new List<CrawlTarget>();
        await foreach (var target in connector.PlanTargetsAsync(site, kind, fetcher, CancellationToken.None))
        {
            targets.Add(target);
        }

        return targets;
    }

    /// <summary>The targets and all that they lead to, as a batch crawls them.</summary>
    public static async Task<List<FetchedPage>> CrawlAsync(
        this CrawlFixture crawl,
        IPlatformConnector connector,
        IEnumerable<CrawlTarget> targets,
        CrawlKind kind,
        ApiSession? api = null
    )
    {
        var pages = new List<FetchedPage>();
        var request = new BatchCrawlRequest
        {
            Frontier = CrawlFrontier.Start(targets),
            DeadlineUtc = DateTimeOffset.MaxValue,
            FollowUps = page => connector.FollowUps(page, kind),
            Api = api,
        };
        await crawl.Batches.CrawlAsync(
            request,
            (page, _) =>
            {
                pages.Add(page);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None
        );
        return pages;
    }

    public static async Task<List<ExtractedObject>> CollectAsync(this CrawlFixture crawl, IPlatformConnector connector, SitePlan site, CrawlKind kind)
    {
        var pages = await crawl.CrawlAsync(connector, await crawl.PlanAsync(connector, site, kind), kind);
        Assert.That(pages.Where(page => page.FailureReason is not null).Select(page => $"{page.Url} {page.FailureReason} {page.FailureDetail}"), Is.Empty);
        return [.. pages.SelectMany(page => connector.Extract(page, kind).Objects)];
    }
}
