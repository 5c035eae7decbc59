namespace Marketline.Core.Crawl;

/// <summary>One address to fetch.</summary>
/// <param name="Url">The page's identity: its canonical URL. Two calls of one address differ in it by a query of ours.</param>
/// <param name="FetchUrl">Where to fetch it when that is not <paramref name="Url"/>: a mirror of saved pages, an API's endpoint.</param>
public sealed record CrawlTarget(string Url, string? FetchUrl = null)
{
    /// <summary>Null for a page; else the call of the platform's official API.</summary>
    public ApiCall? Call { get; init; }
}
