using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Ebay;

/// <summary>
/// eBay: offers from the Browse API; item pages where there are no credentials, and review pages, where the operator allows it. A product
/// crawl asks for each item that a search finds, a price crawl takes what the search says of it.
/// </summary>
public sealed class EbayConnector(SitemapTargets sitemaps) : IPlatformConnector
{
    public const string PlatformName = "ebay";

    public string Platform => PlatformName;

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices, CrawlKind.Reviews };

    public IPlatformApi Api { get; } = new EbayApi();

    public bool PagesNeedPermission => true;

    public IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(SitePlan site, CrawlKind kind, IPageFetcher fetcher, CancellationToken cancellationToken)
    {
        if (site.Api is { } endpoint)
        {
            return PlannedTargets.StreamAsync(site, () => Calls(site, endpoint), cancellationToken);
        }

        return site.Items.Count > 0 || site.Searches.Count > 0
            ? PlannedTargets.StreamAsync(site, () => Pages(site, kind), cancellationToken)
            : sitemaps.ReadAsync(site, address => kind == CrawlKind.Reviews ? IsReviewPage(address) : EbayItemId.OfAddress(address) is not null, fetcher, cancellationToken);
    }

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind)
    {
        if (EbayCall.TryParse(page.Url) is { } call)
        {
            return EbayAnswerReader.Read(page, call, kind);
        }

        return kind == CrawlKind.Reviews ? ReviewPageReader.Read(page) : EbayItemPage.Read(page);
    }

    public IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind) => EbayCall.TryParse(page.Url) is { } call ? EbayLinks.Of(page.Body, call, kind) : [];

    private static IEnumerable<CrawlTarget> Calls(SitePlan site, Uri endpoint)
    {
        var marketplace = EbayMarketplace.OfSite(site.BaseUrl)
            ?? throw new TargetPlanningException($"{site.BaseUrl} is none of the sites that eBay's Browse API knows. Use one of {string.Join(", ", EbayMarketplace.Hosts)}.");
        if (site.Items.Count == 0 && site.Searches.Count == 0)
        {
            throw new TargetPlanningException($"{site.BaseUrl}: eBay's Browse API lists nothing unasked. Name items or searches in the plan.");
        }

        var calls = new EbayCall(endpoint, marketplace);
        return site.Items.Select(item => calls.Item(IdOf(site, item))).Concat(site.Searches.Select(words => calls.Search(words.Trim())));
    }

    private static IEnumerable<CrawlTarget> Pages(SitePlan site, CrawlKind kind)
    {
        if (site.Searches.Count > 0)
        {
            throw new TargetPlanningException($"{site.BaseUrl}: eBay's robots.txt closes its search pages. Have the operator give credentials for the Browse API, or name items in the plan.");
        }

        return site.Items.Select(item => new CrawlTarget(kind == CrawlKind.Reviews ? ReviewPageOf(site, item) : IdOf(site, item).UrlOn(site.BaseUrl)));
    }

    private static EbayItemId IdOf(SitePlan site, string item) =>
        EbayItemId.TryParse(item)
        ?? throw new TargetPlanningException($"{site.BaseUrl}: '{item}' is no item of eBay. Name its number (123456789012), its id (v1|123456789012|0) or the address of its page (…/itm/123456789012).");

    /// <summary>Reviews are a product's, not a listing's: they have pages of their own.</summary>
    private static string ReviewPageOf(SitePlan site, string item) =>
        Uri.TryCreate(item.Trim(), UriKind.Absolute, out var address) && IsReviewPage(address) && new SiteScope(site.BaseUrl).Contains(address) && CanonicalUrl.TryCreate(address) is { } url
            ? url
            : throw new TargetPlanningException($"{site.BaseUrl}: '{item}' is no review page of this site. Name the address of one (…/urw/…/product-reviews/…).");

    private static bool IsReviewPage(Uri address) => address.AbsolutePath.Contains("/product-reviews/", StringComparison.Ordinal);
}
