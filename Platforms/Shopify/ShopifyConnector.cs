using System.Runtime.CompilerServices;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Shopify;

/// <summary>
/// A shop on Shopify. Offers come from <c>/products.json</c> (250 products a page, one offer per variant), which names no
/// currency: planning asks the shop for it and writes it into the targets' address. Reviews come from the product pages of the
/// sitemap. Shopify answers 429 to more than a few requests a second from one address, and gives no more than 25 000 products.
/// </summary>
public sealed class ShopifyConnector(SitemapTargets sitemaps) : IPlatformConnector
{
    public const string PlatformName = "shopify";

    public string Platform => PlatformName;

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices, CrawlKind.Reviews };

    public IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(SitePlan site, CrawlKind kind, IPageFetcher fetcher, CancellationToken cancellationToken) =>
        kind == CrawlKind.Reviews
            ? sitemaps.ReadAsync(site, IsProductPage, fetcher, cancellationToken)
            : PlanListingAsync(site, fetcher, cancellationToken);

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind) =>
        kind == CrawlKind.Reviews ? ReviewPageReader.Read(page) : ShopifyListingReader.Read(page);

    public IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind) =>
        kind != CrawlKind.Reviews
        && ShopifyListing.TryParse(page.Url) is { } listing
        && ShopifyPageFill.HoldsAtLeast(page.Body, listing.Limit)
        && listing.NextPage() is { } next
            ? [next]
            : [];

    private static async IAsyncEnumerable<CrawlTarget> PlanListingAsync(
        SitePlan site,
        IPageFetcher fetcher,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (site.IsMirror)
        {
            throw new TargetPlanningException($"{site.BaseUrl} serves saved pages; products.json is read from the shop itself. Use the platform generic-shop for saved pages.");
        }

        var currency = await ShopifyCurrency.FindAsync(site.BaseUrl, fetcher, cancellationToken);
        yield return ShopifyListing.FirstPage(site.BaseUrl, currency);
    }

    private static bool IsProductPage(Uri address) => address.AbsolutePath.Contains("/products/", StringComparison.Ordinal);
}
