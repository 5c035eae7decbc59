using System.Runtime.CompilerServices;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Walmart;

/// <summary>
/// Walmart: the affiliate API v2 for those who have credentials (some 5 000 calls a day and 20 a second, 20 items or 25 results each),
/// else item, review and search pages of a site such as www.walmart.com, where the operator allows them.
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
            : NamedAsync(site, kind, cancellationToken);

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind)
    {
        var address = new Uri(page.Url);
        if (!WalmartCalls.IsCall(address))
        {
            return WalmartPage.Read(page, address, kind);
        }

        return JsonText.Extract(page, kind == CrawlKind.Reviews ? WalmartReviewReader.ReadApi : WalmartItemReader.Read);
    }

    public IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind)
    {
        var address = new Uri(page.Url);
        var targets = WalmartCalls.IsCall(address) ? WalmartCalls.FollowUps(page, address, kind) : WalmartPage.FollowUps(page, address, kind);
        return targets.Where(target => target.Url != page.Url);
    }

    public bool IsNewestFirst(string url, CrawlKind kind) => kind == CrawlKind.Reviews && WalmartPage.IsNewestReviews(new Uri(url));

    /// <summary>What a plan names is planned without a request.</summary>
    private static async IAsyncEnumerable<CrawlTarget> NamedAsync(SitePlan site, CrawlKind kind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var ids = Ids(site);
        var targets = site.Api is { } api ? WalmartCalls.Plan(api, ids, site.Searches, kind) : Pages(site, ids, kind);
        foreach (var target in targets.DistinctBy(target => target.Url).Take(site.MaxTargetCount))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return target;
        }
    }

    private static IEnumerable<CrawlTarget> Pages(SitePlan site, List<string> ids, CrawlKind kind) =>
        site.IsMirror
            ? throw new TargetPlanningException($"{site.BaseUrl} serves saved pages: leave items and searches out of the plan, its sitemap tells what it has.")
            : ids.Select(id => WalmartPage.OfItem(site.BaseUrl, id, kind)).Concat(site.Searches.Select(search => WalmartPage.OfSearch(site.BaseUrl, search)));

    private static List<string> Ids(SitePlan site)
    {
        var ids = new List<string>(site.Items.Count);
        foreach (var item in site.Items)
        {
            ids.Add(WalmartItem.TryParse(item) ?? throw new TargetPlanningException($"'{item}' is no item of {site.BaseUrl}: give its number, such as 55885487, or the address of its page."));
        }

        return [.. ids.Distinct(StringComparer.Ordinal)];
    }
}
