using System.Runtime.CompilerServices;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Crawl;

namespace Marketline.Platforms.GoogleMerchant;

/// <summary>
/// A shop's product feed in the format of Google Merchant Center (https://support.google.com/merchants/answer/7052112): RSS or Atom
/// with Google's elements, or a table; gzipped or not. A feed is one target, a row one offer. It is fetched whole, so
/// <c>Crawl:MaxSitemapBytes</c> bounds what is sent, and <see cref="MaxFeedBytes"/> what that unpacks to.
/// </summary>
public sealed class GoogleMerchantConnector : IPlatformConnector
{
    public const string PlatformName = "google-merchant";

    /// <summary>All offers of a page are in memory at once, about two to three bytes for each of the feed's.</summary>
    public const long MaxFeedBytes = 100 * 1_048_576;

    private const string NoProducts = "no-products";

    public string Platform => PlatformName;

    public IReadOnlySet<CrawlKind> Kinds { get; } = new HashSet<CrawlKind> { CrawlKind.Products, CrawlKind.Prices };

    public async IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(
        SitePlan site,
        CrawlKind kind,
        IPageFetcher fetcher,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var feeds = Feeds(site).ToList();
        var robots = await fetcher.FetchAsync(new CrawlTarget(new Uri(site.BaseUrl, "/robots.txt").AbsoluteUri), cancellationToken);
        UnreachableSite.ThrowIfSo(site.BaseUrl, robots);
        foreach (var feed in feeds.Take(site.MaxTargetCount))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new CrawlTarget(feed);
        }
    }

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind)
    {
        if (page.Body.IsEmpty || !Uri.TryCreate(page.Url, UriKind.Absolute, out var feed))
        {
            return ExtractionResult.Defective("empty-body");
        }

        var offers = new List<ExtractedObject>();
        var factory = new FeedOffer(feed, page.FetchedUtc);
        foreach (var row in FeedReader.Read(page.Body, page.ContentType, MaxFeedBytes))
        {
            if (row.Problem == FeedProblems.NotAFeed)
            {
                return ExtractionResult.Defective(FeedProblems.NotAFeed);
            }

            offers.Add(factory.Create(row));
        }

        return offers.Count > 0 ? new ExtractionResult(offers) : ExtractionResult.Skipped(NoProducts);
    }

    /// <summary>The plan's items are feeds' addresses, from the site's root or whole; without any, the site's own address is one.</summary>
    private static IEnumerable<string> Feeds(SitePlan site)
    {
        if (site.Items.Count == 0)
        {
            return site.BaseUrl.AbsolutePath.Length > 1
                ? [CanonicalUrl.Of(site.BaseUrl.AbsoluteUri)]
                : throw new TargetPlanningException($"Which feed of {site.BaseUrl} is meant? Give its address in the plan, as the site's address or among the items: feeds have no usual place.");
        }

        return site.Items.Select(item => FeedOf(site.BaseUrl, item)).Distinct(StringComparer.Ordinal);
    }

    private static string FeedOf(Uri site, string item) =>
        Uri.TryCreate(site, item.Trim(), out var feed) && CanonicalUrl.TryCreate(feed) is { } url && SiteScope.IsSameSite(feed, site)
            ? url
            : throw new TargetPlanningException($"The feed {item} is not at {site}: give it a site of its own in the plan, because politeness is kept per site.");
}
