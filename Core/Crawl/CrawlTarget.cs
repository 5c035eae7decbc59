namespace Marketline.Core.Crawl;

/// <summary>One address to fetch.</summary>
/// <param name="Url">The page's identity: its canonical URL.</param>
/// <param name="FetchUrl">Where to fetch it when that is not <paramref name="Url"/>: a mirror of saved pages.</param>
public sealed record CrawlTarget(string Url, string? FetchUrl = null);
