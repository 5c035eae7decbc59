using Marketline.Core.Extract;

namespace Marketline.Core.Lineage;

/// <summary>
/// What became of one object in one run: a lineage transaction with its blocks. A batch's outcome blob holds one per object;
/// the lineage rows are written from it.
/// </summary>
public sealed record ObjectOutcome
{
    /// <summary>The object's key; for a page that yielded none, the key of its URL.</summary>
    public required string ObjectKey { get; init; }

    public required string Url { get; init; }

    /// <summary>Null for a page that yielded no object.</summary>
    public ObjectType? Type { get; init; }

    public required ObjectState State { get; init; }

    /// <summary>Why, for every state but <see cref="ObjectState.InTransit"/>.</summary>
    public string? Reason { get; init; }

    public required IReadOnlyList<LineageBlock> Blocks { get; init; }
}
