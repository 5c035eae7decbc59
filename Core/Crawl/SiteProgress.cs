namespace Marketline.Core.Crawl;

/// <summary>How far a site is: the custom status of its sub-orchestration.</summary>
public sealed record SiteProgress(int BatchesDone, int BatchCount, long PagesDone);
