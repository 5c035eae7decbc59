namespace Marketline.Core.Crawl;

/// <summary>One address to fetch.</summary>
/// <param name="Url">The page's identity: its canonical URL. Two calls of one address differ in it by a query of ours.</param>
/// <param name="FetchUrl">Where to fetch it when that is not <paramref name="Url"/>: a mirror of saved pages, an API's endpoint.</param>
public sealed record CrawlTarget(string Url, string? FetchUrl = null)
{
    /// <summary>
    /// When the site says that it changed last, as the latest moment that it may mean; null where it does not say. What was fetched
    /// later need not be fetched again, as far as the site can be believed.
    /// </summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The first page of the list that it is a further page of, where a run ends the list at what is known of it; else null.</summary>
    public string? ListUrl { get; init; }

    /// <summary>Null for a page; else the call of the platform's official API.</summary>
    public ApiCall? Call { get; init; }
}
