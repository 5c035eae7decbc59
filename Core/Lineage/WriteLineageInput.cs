using Marketline.Core.Runs;

namespace Marketline.Core.Lineage;

/// <summary>Consecutive batches whose outcome blobs become lineage rows.</summary>
/// <param name="LeftOverReason">
/// Null while the run goes on. At its end: objects that no step has finished become failed with this reason.
/// </param>
public sealed record WriteLineageInput(RunRef Run, int FirstBatch, int BatchCount, string? LeftOverReason = null);
