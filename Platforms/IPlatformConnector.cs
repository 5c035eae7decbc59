using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Api;

namespace Marketline.Platforms;

/// <summary>
/// What Marketline knows of one platform: which pages to fetch and how to read them. A connector does no I/O of its own (it
/// fetches through the fetcher it is given, which is polite and guarded) and keeps no state.
/// </summary>
public interface IPlatformConnector
{
    /// <summary>The platform's stable name, legal in blob names: lower-case letters, digits and hyphens.</summary>
    string Platform { get; }

    IReadOnlySet<CrawlKind> Kinds { get; }

    /// <summary>The official API, which is asked when there are credentials for it; null for a platform that has only pages.</summary>
    IPlatformApi? Api => null;

    /// <summary>The platform's terms forbid to read its pages unasked: the operator has to switch it on for a tenant.</summary>
    bool PagesNeedPermission => false;

    /// <summary>
    /// The site's targets for <paramref name="kind"/>, each once, as a stream. A site that can not be read at all throws
    /// <see cref="TargetPlanningException"/>, with the reason for a person.
    /// </summary>
    IAsyncEnumerable<CrawlTarget> PlanTargetsAsync(
        SitePlan site,
        CrawlKind kind,
        IPageFetcher fetcher,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Reads a fetched page (one with a null <see cref="FetchedPage.FailureReason"/>). Pure: the same page gives the same
    /// result, on any machine. Never throws for what stands in the page.
    /// </summary>
    ExtractionResult Extract(FetchedPage page, CrawlKind kind);

    /// <summary>
    /// Further targets of the same site that a page leads to, such as the next page of a listing. Asked while the batch is
    /// crawled, for every page that was read: it has to be cheap, and as pure and as hard to break as <see cref="Extract"/>.
    /// </summary>
    IEnumerable<CrawlTarget> FollowUps(FetchedPage page, CrawlKind kind) => [];

    /// <summary>
    /// Whether the page at an address belongs to a list that has its newest entries first and leads to the rest of that list only: behind
    /// a page without anything new there is nothing new then, and it is not asked for.
    /// </summary>
    bool IsNewestFirst(string url, CrawlKind kind) => false;
}
