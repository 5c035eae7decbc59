namespace Marketline.Platforms.Crawl;

/// <summary>What one request brought.</summary>
internal sealed record Answer
{
    public int StatusCode { get; init; }

    public string ContentType { get; init; } = "";

    public ReadOnlyMemory<byte> Body { get; init; }

    public Uri? RedirectsTo { get; init; }

    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The address that a mirrored page had (Link header, rel="original").</summary>
    public string? OriginalUrl { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    /// <summary>Status 304 to a request that asked for it.</summary>
    public bool IsNotModified { get; init; }

    public FetchFailure? Failure { get; init; }

    /// <summary>From the request to the head of the answer, or to giving up.</summary>
    public TimeSpan Latency { get; init; }
}
