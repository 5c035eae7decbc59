using System.Net;
using Marketline.Platforms.Crawl;

namespace Marketline.Platforms.Render;

/// <summary>What a browser made of a page.</summary>
internal sealed record RenderResult
{
    /// <summary>UTF-8.</summary>
    public ReadOnlyMemory<byte> Html { get; init; }

    public FetchFailure? Failure { get; init; }

    /// <summary>The page's scripts went on to another page, which was not loaded.</summary>
    public Uri? GoesOnTo { get; init; }

    /// <summary>What the page and its parts have set, other sites' included.</summary>
    public IReadOnlyList<Cookie> Cookies { get; init; } = [];

    /// <summary>Requests for data (XHR, fetch) that went to the page's own site.</summary>
    public int SiteDataRequestCount { get; init; }
}
