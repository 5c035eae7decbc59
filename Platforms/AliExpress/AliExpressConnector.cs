using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.AliExpress;

/// <summary>
/// AliExpress: offers from the interfaces of the Open Platform for affiliates or for dropshippers for those who have credentials (how many
/// calls are allowed stands in the app's console), else product and search pages, where the operator allows them. Reviews have pages only.
/// </summary>
public sealed class AliExpressConnector(SitemapTargets sitemaps) : IPlatformConnector
{
    public const string PlatformName = "aliexpress";

    public string Platform => PlatformName;

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices, CrawlKind.Reviews };

    public IPlatformApi Api { get; } = new AliExpressApi();

    public bool PagesNeedPermission => true;

    public IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(SitePlan site, CrawlKind kind, IPageFetcher fetcher, CancellationToken cancellationToken) =>
        site.Api is null && site.Items.Count + site.Searches.Count == 0
            ? sitemaps.ReadAsync(site, address => AliExpressItem.TryParse(address) is not null, fetcher, cancellationToken)
            : PlannedTargets.StreamAsync(site, () => site.Api is { } api ? Calls(site, api) : Pages(site, kind), cancellationToken);

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind)
    {
        var address = new Uri(page.Url);
        if (AliExpressCalls.IsCall(address))
        {
            return kind == CrawlKind.Reviews
                ? ExtractionResult.Skipped(ReviewPageReader.NoReviews)
                : JsonText.Extract(page, root => Read(root, address, AliExpressCalls.MarketOf(address)));
        }

        if (kind != CrawlKind.Reviews)
        {
            return AliExpressPage.Read(page, address);
        }

        return AliExpressReviews.IsList(address) ? AliExpressReviews.Read(page, address) : ReviewPageReader.Read(page);
    }

    public IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind)
    {
        var address = new Uri(page.Url);
        if (AliExpressCalls.IsCall(address))
        {
            return AliExpressCalls.FollowUps(page, address);
        }

        return AliExpressReviews.IsList(address) ? AliExpressReviews.FollowUps(page, address) : AliExpressPage.FollowUps(page, address);
    }

    private static ExtractionResult Read(JsonSpot root, Uri address, AliExpressMarket market) =>
        AliExpressCalls.IsDropshipping(address) ? AliExpressDetails.Read(root, market) : AliExpressProducts.Read(root, market);

    private static IEnumerable<CrawlTarget> Calls(SitePlan site, Uri api) =>
        site.Items.Count + site.Searches.Count == 0
            ? throw new TargetPlanningException($"The API of {PlatformName} does not list {site.BaseUrl}: name items or searches in the plan.")
            : AliExpressCalls.Plan(api, AliExpressMarket.OfSite(site.BaseUrl), Ids(site), site.Searches);

    private static IEnumerable<CrawlTarget> Pages(SitePlan site, CrawlKind kind)
    {
        if (site.IsMirror)
        {
            throw new TargetPlanningException($"{site.BaseUrl} serves saved pages: leave items and searches out of the plan, its sitemap tells what it has.");
        }

        if (kind == CrawlKind.Reviews && AliExpressReviews.AreServedBy(site.BaseUrl))
        {
            return Ids(site).Select(id => AliExpressReviews.Of(site.BaseUrl, id));
        }

        var items = Ids(site).Select(id => new CrawlTarget(AliExpressItem.PageOf(site.BaseUrl, id)));
        return items.Concat(site.Searches.Select(words => AliExpressPage.OfSearch(site.BaseUrl, words)));
    }

    private static string[] Ids(SitePlan site) => PlannedTargets.Ids(site, AliExpressItem.TryParse, "its number, such as 1005006438619019, or the address of its page");
}
