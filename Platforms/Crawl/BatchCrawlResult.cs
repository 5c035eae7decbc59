using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>What became of a batch; all that went to the sink is counted here, and only that.</summary>
public sealed record BatchCrawlResult
{
    public required BatchCrawlEnd End { get; init; }

    /// <summary>What is left; empty when the batch is completed.</summary>
    public required CrawlFrontier Frontier { get; init; }

    /// <summary>To be stored with the site's lease.</summary>
    public required SiteThrottleState Throttle { get; init; }

    /// <summary>Pages given to the sink, good and bad.</summary>
    public int PageCount { get; init; }

    /// <summary>Those of them that failed; what robots.txt forbids is not among them.</summary>
    public int ErrorCount { get; init; }

    /// <summary>Body bytes, decompressed.</summary>
    public long ByteCount { get; init; }

    /// <summary>When it makes sense to go on.</summary>
    public DateTimeOffset NextAllowedUtc => Throttle.NextRequestUtc;
}
