namespace Marketline.Core.Crawl;

/// <param name="ResumeUtc">When to call again: the site's slot was taken, or the site asked for a pause.</param>
/// <param name="Problem">Why the site could not be planned, in words; then there are no batches.</param>
/// <param name="NextSegment">The time box was over before the site was planned: go on with this one; the counts are those so far.</param>
public sealed record PlanTargetsOutput(
    int BatchCount,
    long TargetCount,
    string? Problem = null,
    DateTimeOffset? ResumeUtc = null,
    int? NextSegment = null
);
