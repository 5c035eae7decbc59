namespace Marketline.Core.Datasets;

/// <summary>What aggregation of one run wrote.</summary>
/// <param name="Files">
/// The new current files. A latest dataset has several, by object key, where it is too big for one; every other dataset has
/// one, which may be empty.
/// </param>
/// <param name="Outcomes">One per batch, in the batches' order.</param>
public sealed record GoldResult(IReadOnlyList<DatasetFile> Files, IReadOnlyList<BatchOutcomeFile> Outcomes);
