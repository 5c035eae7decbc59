using Marketline.Core.Runs;

namespace Marketline.Core.Aggregate;

/// <param name="ExcludedBatches">Batches whose clean file could not be mended; their objects end as failed.</param>
/// <param name="HasUnchanged">The run saw pages that had not changed: the day's figures are due even if no other page was read.</param>
public sealed record AggregateInput(RunRef Run, IReadOnlyList<int> ExcludedBatches, bool HasUnchanged = false);
