namespace Marketline.Core.Lineage;

/// <summary>One step of an object's way.</summary>
/// <param name="AtUtc">When the step was done.</param>
/// <param name="Milliseconds">What it took; for a step over many objects, this object's share.</param>
/// <param name="Dataset">The blob that the step wrote the object to.</param>
public sealed record LineageBlock(
    LineageStep Step,
    StepState State,
    DateTimeOffset AtUtc,
    double Milliseconds,
    string? Reason = null,
    string? Dataset = null
);
