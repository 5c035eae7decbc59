namespace Marketline.Core.Crawl;

/// <summary>
/// How fast a site may be asked, and how it has been doing. It is shared by all workers: loaded with the site's lease before a
/// batch, stored at its renewals and after.
/// </summary>
public sealed record SiteThrottleState
{
    /// <summary>A shorter pause is waited for in place: a durable timer costs about as much.</summary>
    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(2);

    public int SchemaVersion { get; init; } = 1;

    /// <summary>Between two requests, before the site's own wishes (Crawl-delay, Retry-After); null before the first answer.</summary>
    public double? DelaySeconds { get; init; }

    public DateTimeOffset NextRequestUtc { get; init; }

    /// <summary>Targets that failed since the last one that did not, or since the last pause.</summary>
    public int ConsecutiveFailureCount { get; init; }

    /// <summary>Pauses since the site last gave a page. While there are any, one request at a time probes whether it is back.</summary>
    public int PauseCount { get; init; }

    public CircuitState CircuitAt(DateTimeOffset nowUtc) =>
        PauseCount == 0 ? CircuitState.Closed
        : NextRequestUtc > nowUtc ? CircuitState.Open
        : CircuitState.HalfOpen;

    /// <summary>Whether its pages need a browser; null when that was never in question.</summary>
    public SiteRendering? Rendering { get; init; }

    /// <summary>When a step that would ask the site now should come back instead; null when it may stay.</summary>
    public DateTimeOffset? ResumeAfterPause(DateTimeOffset nowUtc) => NextRequestUtc > nowUtc + ShortPause ? NextRequestUtc : null;
}
