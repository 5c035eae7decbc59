using Marketline.Core.Runs;

namespace Marketline.Core.Clean;

/// <param name="Objects">
/// Ingested, filtered, quarantined and failed; the rest is clean and still in transit to the gold step.
/// </param>
public sealed record CleanBatchOutput(ObjectCounts Objects);
