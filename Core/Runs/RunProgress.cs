namespace Marketline.Core.Runs;

/// <summary>How far a run is: the custom status of its orchestration. Its sites tell their own progress.</summary>
/// <param name="Phase"><c>planning</c>, <c>crawling</c>, <c>aggregating</c> or <c>done</c>.</param>
public sealed record RunProgress(string Phase, int SiteCount, long TargetCount);
