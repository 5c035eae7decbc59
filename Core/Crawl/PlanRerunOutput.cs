namespace Marketline.Core.Crawl;

/// <param name="Problem">Why something of the site can not be done again, in words.</param>
/// <param name="IsUnplanned">The repeated run has nothing of the site: plan it as for the first time.</param>
public sealed record PlanRerunOutput(int BatchCount, long TargetCount, string? Problem = null, bool IsUnplanned = false);
