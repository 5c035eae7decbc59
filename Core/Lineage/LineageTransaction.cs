using Marketline.Core.Naming;

namespace Marketline.Core.Lineage;

/// <summary>A lineage row as it is read back: an object's way through one run.</summary>
public sealed record LineageTransaction(RunId RunId, int Batch, string? TraceId, ObjectOutcome Outcome);
