using System.Runtime.CompilerServices;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Magento;

/// <summary>
/// A shop on Magento 2 or Adobe Commerce, read through the GraphQL endpoint of its storefront
/// (https://developer.adobe.com/commerce/webapi/graphql/), which is public and needs no key. Errors come with status 200
/// (<c>errors[]</c>). Each variant of a configurable product is an offer of its own; the search engine behind it gives 10 000
/// products of one query as a rule.
/// </summary>
public sealed class MagentoConnector : IPlatformConnector
{
    public const string PlatformName = "magento";

    /// <summary>More than any search engine's window; a shop that tells nonsense does not fill the run with it.</summary>
    private const int MaxPages = 2_000;

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
            throw new TargetPlanningException($"{site.BaseUrl} serves saved pages; GraphQL is asked of the shop itself. Use the platform generic-shop for saved pages.");
        }

        var first = await MagentoStores.FindAsync(site.BaseUrl, fetcher, cancellationToken);
        var list = kind switch
        {
            CrawlKind.Reviews => MagentoList.Reviews,
            CrawlKind.Prices => MagentoList.Prices,
            _ => MagentoList.Products,
        };
        foreach (var filter in MagentoFilter.Of(site).Take(site.MaxTargetCount))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return (first with { List = list, Filter = filter }).ToTarget();
        }
    }

    public ExtractionResult Extract(FetchedPage page, CrawlKind kind) =>
        kind == CrawlKind.Reviews ? MagentoReviewReader.Read(page) : MagentoProductReader.Read(page);

    /// <summary>The first page names all others, so that one that fails does not hide those behind it.</summary>
    public IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind)
    {
        if (MagentoQuery.TryParse(page.Url) is not { } query)
        {
            return [];
        }

        var pages = query is { Page: 1, ReviewPage: 1 } ? Math.Min(MagentoPageCount.Of(page.Body), MaxPages) : 1;
        var others = Enumerable.Range(2, Math.Max(pages - 1, 0)).Select(number => (query with { Page = number }).ToTarget());
        return kind == CrawlKind.Reviews ? [.. others, .. MagentoReviewReader.MoreReviews(page, query)] : others;
    }
}
