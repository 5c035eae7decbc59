namespace Marketline.Core.Lineage;

/// <summary>What the gold step made of one clean object of a batch.</summary>
/// <param name="Reason"><c>new-or-changed</c>, <c>same-content</c>, <c>duplicate</c> or <c>superseded</c>.</param>
/// <param name="AtUtc">When the files were made current.</param>
/// <param name="Milliseconds">The object's share of the step.</param>
/// <param name="Dataset">The gold file that has the object; null for one that was left out.</param>
public sealed record GoldOutcome(
    string ObjectKey,
    ObjectState State,
    string Reason,
    DateTimeOffset AtUtc,
    double Milliseconds,
    string? Dataset
)
{
    public int SchemaVersion { get; init; } = 1;
}
