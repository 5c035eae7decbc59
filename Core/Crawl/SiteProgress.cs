namespace Marketline.Core.Crawl;

/// <summary>How far a site is: the custom status of its sub-orchestration.</summary>
/// <param name="Circuit">Whether the site is asked at all; see <see cref="CircuitState"/>.</param>
/// <param name="ResumeUtc">With an open circuit: until when the site is left alone.</param>
public sealed record SiteProgress(
    int BatchesDone,
    int BatchCount,
    long PagesDone,
    CircuitState Circuit = CircuitState.Closed,
    DateTimeOffset? ResumeUtc = null
);
