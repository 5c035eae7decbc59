namespace Marketline.Core.Crawl;

/// <param name="ResumeUtc">Set when the site's slot was taken: nothing was planned, try again then.</param>
/// <param name="Problem">Why the site could not be planned, in words; then there are no batches.</param>
public sealed record PlanTargetsOutput(
    int BatchCount,
    long TargetCount,
    string? Problem = null,
    DateTimeOffset? ResumeUtc = null
);
