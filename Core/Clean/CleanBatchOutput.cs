using Marketline.Core.Runs;

namespace Marketline.Core.Clean;

/// <param name="Objects">
/// Ingested, unchanged (their page was not read anew), filtered, quarantined and failed; the rest is clean and still in transit to the gold step.
/// </param>
/// <param name="Problem">What was wrong with the batch's archive, such as <c>raw-missing</c>; null for one that could be read.</param>
/// <param name="IsCancelled">A batch of another run was not done again: the rerun was cancelled.</param>
public sealed record CleanBatchOutput(ObjectCounts Objects, string? Problem = null, bool IsCancelled = false);
