using Marketline.Core.Runs;

namespace Marketline.Core.Crawl;

/// <summary>What a site's crawl came to, before the gold step.</summary>
public sealed record CrawlSiteOutput
{
    public long PageCount { get; init; }

    public ObjectCounts Objects { get; init; } = ObjectCounts.None;

    public bool IsCancelled { get; init; }

    /// <summary>Batches that did not go through, in words; at most 20.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
