using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;

namespace Marketline.Platforms.Amazon;

/// <summary>
/// Amazon: offers from the Selling Partner API or the Creators API; product pages, where there are no credentials, and the reviews that
/// stand on them, where the operator allows it.
/// </summary>
public sealed class AmazonConnector(SitemapTargets sitemaps) : IPlatformConnector
{
    public const string PlatformName = "amazon";

    private const int MaxKeywords = 20;

    public string Platform => PlatformName;

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices, CrawlKind.Reviews };

    public IPlatformApi Api { get; } = new AmazonApi();

    public bool PagesNeedPermission => true;

    public IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(SitePlan site, CrawlKind kind, IPageFetcher fetcher, CancellationToken cancellationToken)
    {
        if (site.Api is { } endpoint)
        {
            return PlannedTargets.StreamAsync(site, () => Calls(site, endpoint, kind), cancellationToken);
        }

        return site.Items.Count > 0 || site.Searches.Count > 0
            ? PlannedTargets.StreamAsync(site, () => Pages(site), cancellationToken)
            : sitemaps.ReadAsync(site, address => Asin.OfAddress(address) is not null, fetcher, cancellationToken);
    }

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind)
    {
        if (AmazonCall.TryParse(page.Url) is { } call)
        {
            return AmazonAnswerReader.Read(page, call, kind);
        }

        return kind == CrawlKind.Reviews ? AmazonReviews.Read(page) : AmazonProductPage.Read(page);
    }

    public IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind) => AmazonCall.TryParse(page.Url) is { } call ? AmazonLinks.Of(page.Body, call, kind) : [];

    private static IEnumerable<CrawlTarget> Calls(SitePlan site, Uri endpoint, CrawlKind kind)
    {
        var marketplace = MarketplaceOf(site, endpoint);
        if (site.Items.Count == 0 && site.Searches.Count == 0)
        {
            throw new TargetPlanningException($"{site.BaseUrl}: Amazon's APIs list nothing unasked. Name items (ASINs) or searches in the plan.");
        }

        var call = new AmazonCall(new Uri(endpoint.GetLeftPart(UriPartial.Authority)), marketplace);
        var asins = Asins(site);
        return AmazonApi.IsCreators(endpoint)
            ? asins.Chunk(AmazonCall.CreatorsBatch).Select(call.Items).Concat(site.Searches.Select(words => call.ItemSearch(words.Trim())))
            : asins.Chunk(AmazonCall.PartnerBatch).Select(batch => kind == CrawlKind.Prices ? call.Pricing(batch) : call.Catalog(batch))
                .Concat(site.Searches.Select(words => call.CatalogSearch(Keywords(words), kind)));
    }

    private static AmazonMarketplace MarketplaceOf(SitePlan site, Uri endpoint)
    {
        var marketplace = AmazonMarketplace.OfSite(site.BaseUrl)
            ?? throw new TargetPlanningException($"{site.BaseUrl} is none of Amazon's stores. Use one of {string.Join(", ", AmazonMarketplace.Hosts)}.");
        var isOfAnotherRegion = endpoint.Host.StartsWith("sellingpartnerapi-", StringComparison.OrdinalIgnoreCase) && endpoint.Authority != AmazonMarketplace.EndpointOf(marketplace.Region).Authority;
        return isOfAnotherRegion
            ? throw new TargetPlanningException($"{site.BaseUrl} belongs to the selling region '{marketplace.Region}', and the credentials are for {endpoint.Host}. Have the operator give credentials with this region.")
            : marketplace;
    }

    private static IEnumerable<CrawlTarget> Pages(SitePlan site) =>
        site.Searches.Count > 0
            ? throw new TargetPlanningException($"{site.BaseUrl}: Amazon's search pages are not read. Have the operator give credentials for one of its APIs, or name items (ASINs) in the plan.")
            : Asins(site).Select(asin => new CrawlTarget(new Asin(asin).UrlOn(site.BaseUrl)));

    private static string[] Asins(SitePlan site) => PlannedTargets.Ids(site, item => Asin.TryParse(item)?.Value, "its ASIN (B07N4M94X4), or the address of its page (…/dp/B07N4M94X4)");

    /// <summary>The catalog takes words divided by commas, and not more than so many.</summary>
    private static string Keywords(string words) => string.Join(',', words.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(MaxKeywords));
}
