using System.Net;

namespace Marketline.Platforms.Render;

/// <summary>A page as the site sent it, to be run in a browser.</summary>
internal sealed record RenderRequest
{
    /// <summary>Where it was fetched.</summary>
    public required Uri Address { get; init; }

    public required string ContentType { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required int MaxHtmlBytes { get; init; }

    public required string UserAgent { get; init; }

    /// <summary>The site's own, as its answers have set them so far.</summary>
    public IReadOnlyList<Cookie> Cookies { get; init; } = [];

    /// <summary>Waits for a place among the requests that the site works on; to be given back when the request is over.</summary>
    public required Func<CancellationToken, Task<IDisposable>> EnterSite { get; init; }

    /// <summary>Whether a part of the page may be loaded: the site's robots.txt, and addresses that are refused anyway.</summary>
    public required Func<Uri, CancellationToken, ValueTask<bool>> MayLoad { get; init; }
}
