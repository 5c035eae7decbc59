namespace Marketline.Core.Lineage;

public sealed record ListBatchesOutput(IReadOnlyList<BatchRange> Batches);
