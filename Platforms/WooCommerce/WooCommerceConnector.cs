using System.Runtime.CompilerServices;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Platforms.WooCommerce;

/// <summary>
/// A shop on WooCommerce, read through its Store API (https://developer.woocommerce.com/docs/apis/store-api/), which is public and
/// needs no key: 100 products or reviews a page, prices in minor units with their currency, each variation of a variable product as
/// an offer of its own. It is asked like any page of the shop: under its robots.txt and at its pace.
/// </summary>
public sealed class WooCommerceConnector : IPlatformConnector
{
    public const string PlatformName = "woocommerce";

    public string Platform => PlatformName;

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices, CrawlKind.Reviews };

    public async IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(
        SitePlan site,
        CrawlKind kind,
        IPageFetcher fetcher,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (site.IsMirror)
        {
            throw new TargetPlanningException($"{site.BaseUrl} serves saved pages; the Store API is read from the shop itself. Use the platform generic-shop for saved pages.");
        }

        var listings = WooCommerceFilters.Of(site, kind).Select(filter => Listing(site.BaseUrl, kind, filter)).ToList();
        await WooCommerceProbe.CheckAsync(site.BaseUrl, listings[0], fetcher, cancellationToken);
        foreach (var listing in listings.Take(site.MaxTargetCount))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return listing.ToTarget();
        }
    }

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind) =>
        kind == CrawlKind.Reviews ? WooCommerceReviewReader.Read(page) : WooCommerceProductReader.Read(page);

    public IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind)
    {
        if (WooCommerceListing.TryParse(page.Url) is not { } listing)
        {
            return [];
        }

        var scan = WooCommercePageScan.Of(page.Body);
        var variations = kind == CrawlKind.Reviews || scan.VariableProducts.Count == 0 ? null : listing.VariationsOf(scan.VariableProducts);
        var next = scan.ItemCount >= listing.PerPage ? listing.NextPage() : null;
        return new[] { next, variations }.OfType<CrawlTarget>();
    }

    public bool IsNewestFirst(string url, CrawlKind kind) => kind == CrawlKind.Reviews && WooCommerceListing.TryParse(url) is { IsNewestFirst: true };

    private static WooCommerceListing Listing(Uri site, CrawlKind kind, string filter) =>
        kind == CrawlKind.Reviews ? WooCommerceListing.Reviews(site, filter) : WooCommerceListing.Products(site, filter);
}
