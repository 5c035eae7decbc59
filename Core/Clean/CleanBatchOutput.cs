using Marketline.Core.Runs;

namespace Marketline.Core.Clean;

/// <param name="Objects">
/// Ingested, filtered, quarantined and failed; the rest is clean and still in transit to the gold step.
/// </param>
/// <param name="Problem">What was wrong with the batch's archive, such as <c>raw-missing</c>; null for one that could be read.</param>
public sealed record CleanBatchOutput(ObjectCounts Objects, string? Problem = null);
