using Marketline.Core.Crawl;

namespace Marketline.Core.Clean;

/// <summary>What cleaning knows beside the object itself; <c>Site</c> is the shop's host (and port where not the default).</summary>
public sealed record CleanContext(string Platform, string Site, CrawlKind Kind, DateTimeOffset SeenUtc)
{
    /// <summary>The host of <see cref="Site"/>: its top-level domain decides doubtful currency signs.</summary>
    public string Host => Site.Split(':')[0];
}
