namespace Marketline.Core.Crawl;

/// <summary>
/// What came of fetching one target, good or bad. It is what a raw batch archives and all that extraction sees, so that a
/// replay from the archive gives the same result.
/// </summary>
public sealed record FetchedPage
{
    /// <summary>The target's identity (canonical URL).</summary>
    public required string Url { get; init; }

    /// <summary>Where the last redirect led, or <see cref="Url"/>. For a mirrored page, the original address.</summary>
    public required string FinalUrl { get; init; }

    public required DateTimeOffset FetchedUtc { get; init; }

    /// <summary>HTTP status of the last answer; 0 when there was none.</summary>
    public int StatusCode { get; init; }

    /// <summary>The answer's Content-Type header as sent; empty when absent.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>The decoded (decompressed) body; empty when <see cref="FailureReason"/> is set.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Null for a page that was read; else why not, as one of <see cref="FetchReasons"/>.</summary>
    public string? FailureReason { get; init; }

    /// <summary>What a person should know beside <see cref="FailureReason"/>; never a part of a remote body.</summary>
    public string? FailureDetail { get; init; }

    /// <summary>
    /// Set when the page is the one that an earlier run has read: the site said so (status 304), its body is the same, or the site's
    /// sitemap names no change since (status 0: the page was not asked for). There is no <see cref="Body"/> then.
    /// </summary>
    public KnownPage? Known { get; init; }

    /// <summary>The ETag header as sent; null when absent, and after a redirect.</summary>
    public string? ETag { get; init; }

    /// <summary>The Last-Modified header, likewise.</summary>
    public string? LastModified { get; init; }

    /// <summary>The body's <see cref="Naming.Digest"/> where it is known anyway: for pages from an archive.</summary>
    public string? BodyDigest { get; init; }

    /// <summary>The body is what a browser made of the page, not what the site sent.</summary>
    public bool IsRendered { get; init; }

    public int AttemptCount { get; init; } = 1;

    /// <summary>From the first request to the last byte, all attempts and waits included.</summary>
    public TimeSpan Elapsed { get; init; }
}
