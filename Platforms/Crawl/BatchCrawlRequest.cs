using Marketline.Core.Crawl;
using Marketline.Platforms.Api;
using Marketline.Platforms.Render;

namespace Marketline.Platforms.Crawl;

/// <summary>One batch, or what is left of it: targets of one site.</summary>
public sealed record BatchCrawlRequest
{
    public required CrawlFrontier Frontier { get; init; }

    /// <summary>Whose site it is, which may have a proxy.</summary>
    public string? Platform { get; init; }

    /// <summary>As stored with the site's lease; null for a site met for the first time.</summary>
    public SiteThrottleState? Throttle { get; init; }

    /// <summary>For targets that are calls of the platform's API.</summary>
    public ApiSession? Api { get; init; }

    /// <summary>Whether pages are rendered in a browser; null for no.</summary>
    public RenderWish? Render { get; init; }

    /// <summary>The end of the time box.</summary>
    public required DateTimeOffset DeadlineUtc { get; init; }

    /// <summary>Asked before each request; what is under way is finished.</summary>
    public Func<bool>? IsStopped { get; init; }

    public int MaxPageCount { get; init; } = int.MaxValue;

    public long MaxByteCount { get; init; } = long.MaxValue;

    /// <summary>Failed targets; what robots.txt forbids is none.</summary>
    public int MaxErrorCount { get; init; } = int.MaxValue;

    /// <summary>Targets that a page leads to, such as the next page of a list; called for pages that were read, in order.</summary>
    public Func<FetchedPage, IEnumerable<CrawlTarget>>? FollowUps { get; init; }

    /// <summary>
    /// Those of the follow-ups that no other batch of the run has; called with each address once, for many pages at a time. Null: there
    /// is no other batch.
    /// </summary>
    public Func<IReadOnlyList<CrawlTarget>, CancellationToken, Task<IReadOnlyList<CrawlTarget>>>? Unseen { get; init; }

    /// <summary>What an earlier run has read at a target; asked for once before each request, one at a time.</summary>
    public Func<CrawlTarget, KnownPage?>? Known { get; init; }

    /// <summary>Called after every page with what is left of the batch, which is made when asked for: it can be stored on the way.</summary>
    public Func<Func<CrawlFrontier>, CancellationToken, ValueTask>? PageDone { get; init; }

    /// <summary>Which of a page's further targets are still wanted; null for all.</summary>
    public Func<CrawlTarget, FetchedPage, IEnumerable<CrawlTarget>, IEnumerable<CrawlTarget>>? Wanted { get; init; }

    /// <summary>Told after every page, so that whoever holds the site's lease can store it at a renewal.</summary>
    public Action<SiteThrottleState>? ThrottleChanged { get; init; }
}
