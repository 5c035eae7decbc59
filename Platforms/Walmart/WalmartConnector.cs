using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// Walmart: for those who have credentials the affiliate API v2 (some 5 000 calls a day and 20 a second, 20 items or 25 results each) or,
/// for a seller's own items, the Marketplace API; else item, review and search pages of a site such as www.walmart.com, where the operator
/// allows them.
/// </summary>
public sealed class WalmartConnector(SitemapTargets sitemaps) : IPlatformConnector
{
    public const string PlatformName = "walmart";

    public string Platform => PlatformName;

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices, CrawlKind.Reviews };

    public IPlatformApi Api { get; } = new WalmartApi();

    public bool PagesNeedPermission => true;

    public IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(SitePlan site, CrawlKind kind, IPageFetcher fetcher, CancellationToken cancellationToken) =>
        site.Api is null && site.Items.Count + site.Searches.Count == 0
            ? sitemaps.ReadAsync(site, address => WalmartItem.TryParse(address) is not null, fetcher, cancellationToken)
            : PlannedTargets.StreamAsync(site, () => Targets(site, kind), cancellationToken);

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind)
    {
        var address = new Uri(page.Url);
        if (WalmartMarketplaceCalls.IsCall(address))
        {
            return kind == CrawlKind.Reviews ? ExtractionResult.Skipped(ReviewPageReader.NoReviews) : JsonText.Extract(page, root => WalmartMarketplaceReader.Read(root, address));
        }

        return WalmartCalls.IsCall(address)
            ? JsonText.Extract(page, kind == CrawlKind.Reviews ? WalmartReviewReader.ReadApi : WalmartItemReader.Read)
            : WalmartPage.Read(page, address, kind);
    }

    public IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind)
    {
        var address = new Uri(page.Url);
        var targets = WalmartMarketplaceCalls.IsCall(address) ? WalmartMarketplaceCalls.FollowUps(page, address)
            : WalmartCalls.IsCall(address) ? WalmartCalls.FollowUps(page, address, kind)
            : WalmartPage.FollowUps(page, address, kind);
        return targets.Where(target => target.Url != page.Url);
    }

    public bool IsNewestFirst(string url, CrawlKind kind) => kind == CrawlKind.Reviews && WalmartPage.IsNewestReviews(new Uri(url));

    private static IEnumerable<CrawlTarget> Targets(SitePlan site, CrawlKind kind) =>
        site.Api is not { } api ? Pages(site, kind)
        : !WalmartMarketplace.Is(api) ? WalmartCalls.Plan(api, Ids(site), site.Searches, kind)
        : kind != CrawlKind.Reviews ? WalmartMarketplaceCalls.Plan(api, site)
        : throw new TargetPlanningException($"{site.BaseUrl}: Walmart's Marketplace API has no reviews. Have the operator give credentials for the affiliate API, which has.");

    private static IEnumerable<CrawlTarget> Pages(SitePlan site, CrawlKind kind) =>
        site.IsMirror
            ? throw new TargetPlanningException($"{site.BaseUrl} serves saved pages: leave items and searches out of the plan, its sitemap tells what it has.")
            : Ids(site).Select(id => WalmartPage.OfItem(site.BaseUrl, id, kind)).Concat(site.Searches.Select(search => WalmartPage.OfSearch(site.BaseUrl, search)));

    private static string[] Ids(SitePlan site) => PlannedTargets.Ids(site, WalmartItem.TryParse, "its number, such as 55885487, or the address of its page");
}
