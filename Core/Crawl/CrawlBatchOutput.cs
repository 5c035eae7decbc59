namespace Marketline.Core.Crawl;

/// <summary>What came of one time box of a batch.</summary>
public sealed record CrawlBatchOutput
{
    /// <summary>Every target of the batch is in the raw archive, or will not be: see <see cref="Problem"/>.</summary>
    public required bool IsDone { get; init; }

    /// <summary>The next segment to run when not done: the same one when the site's slot was taken.</summary>
    public required int NextSegment { get; init; }

    /// <summary>When to go on; the orchestrator waits on a durable timer, not in a slot.</summary>
    public DateTimeOffset? ResumeUtc { get; init; }

    /// <summary>
    /// The batch waits for a place among those that are worked on: the event <see cref="Naming.AdmissionNames.Admitted"/> may come
    /// before <see cref="ResumeUtc"/>.
    /// </summary>
    public bool IsQueued { get; init; }

    /// <summary>How the site stood when the step ended.</summary>
    public CircuitState Circuit { get; init; }

    public int PageCount { get; init; }

    public bool IsCancelled { get; init; }

    /// <summary>Why the batch is done before all its targets have a page, such as <c>quota-pages</c>: their reason.</summary>
    public string? Problem { get; init; }
}
