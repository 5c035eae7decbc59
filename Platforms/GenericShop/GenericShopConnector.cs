using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.GenericShop;

/// <summary>
/// Any shop whose pages search engines can read: targets from its sitemaps, offers and reviews from the pages themselves. Pages
/// that are no product's are filtered after fetching, because addresses do not tell.
/// </summary>
public sealed class GenericShopConnector(SitemapTargets sitemaps) : IPlatformConnector
{
    public const string PlatformName = "generic-shop";

    /// <summary>What sitemaps list beside pages.</summary>
    private static readonly HashSet<string> FileExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".pdf", ".zip", ".xml", ".gz", ".json", ".css", ".js", ".mp4", ".txt", ".csv",
    };

    public string Platform => PlatformName;

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices, CrawlKind.Reviews };

    public IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(SitePlan site, CrawlKind kind, IPageFetcher fetcher, CancellationToken cancellationToken) =>
        sitemaps.ReadAsync(site, IsPage, fetcher, cancellationToken);

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind) =>
        kind == CrawlKind.Reviews ? ReviewPageReader.Read(page) : ProductPageReader.Read(page);

    private static bool IsPage(Uri address) => !FileExtensions.Contains(Path.GetExtension(address.AbsolutePath));
}
