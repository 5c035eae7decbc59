namespace Marketline.Core.Crawl;

/// <summary>What came of one time box of a batch.</summary>
public sealed record CrawlBatchOutput
{
    /// <summary>Every target of the batch is in the raw archive, or the run was cancelled.</summary>
    public required bool IsDone { get; init; }

    /// <summary>The next segment to run when not done: the same one when the site's slot was taken.</summary>
    public required int NextSegment { get; init; }

    /// <summary>When to go on; the orchestrator waits on a durable timer, not in a slot.</summary>
    public DateTimeOffset? ResumeUtc { get; init; }

    public int PageCount { get; init; }

    public bool IsCancelled { get; init; }
}
