using Marketline.Core.Runs;

namespace Marketline.Core.Aggregate;

/// <param name="ExcludedBatches">Batches whose clean file could not be mended; their objects end as failed.</param>
public sealed record AggregateInput(RunRef Run, IReadOnlyList<int> ExcludedBatches);
