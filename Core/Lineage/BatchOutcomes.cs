namespace Marketline.Core.Lineage;

/// <summary>A batch with what became of its objects.</summary>
public sealed record BatchOutcomes(int Batch, IReadOnlyList<ObjectOutcome> Outcomes);
