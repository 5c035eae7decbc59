using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Core.Lineage;

/// <summary>
/// What became of one object in one run: a lineage transaction with its blocks. A batch's outcome blob holds one per object;
/// the lineage rows are written from it.
/// </summary>
public sealed record ObjectOutcome
{
    private const int MaxUrlLength = 2_047;

    public int SchemaVersion { get; init; } = 1;

    /// <summary>The object's key; for a page that yielded none, the key of its URL.</summary>
    public required string ObjectKey { get; init; }

    /// <summary>Cut where it is longer than sitemaps.org allows an address to be: a lineage row has to hold it.</summary>
    public required string Url
    {
        get;
        init => field = value.Length > MaxUrlLength ? value[..MaxUrlLength] : value;
    }

    /// <summary>The page that the object stood on, where that is not <see cref="Url"/>.</summary>
    public string? PageUrl { get; init; }

    /// <summary>Null for a page that yielded no object.</summary>
    public ObjectType? Type { get; init; }

    public required ObjectState State { get; init; }

    /// <summary>Why, for every state but <see cref="ObjectState.InTransit"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Which version of the page was read: on the first object of each page that could be read. Not part of lineage.</summary>
    public PageVersion? Version { get; init; }

    public required IReadOnlyList<LineageBlock> Blocks { get; init; }
}
