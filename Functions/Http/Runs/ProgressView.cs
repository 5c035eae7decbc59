namespace Marketline.Functions.Http.Runs;

/// <summary>How far a running run is.</summary>
internal sealed record ProgressView(string Phase, long TargetCount, long PagesDone, int BatchesDone, int BatchCount);
