using Marketline.Core.Runs;

namespace Marketline.Storage.Tables;

/// <param name="Input">What the run is to be started with; null once it has begun.</param>
public sealed record StartableRun(RunRecord Run, RunInput? Input);
