using Marketline.Core.Naming;

namespace Marketline.Core.Datasets;

/// <summary>
/// Which gold files of a dataset are current. Swapped as a whole by ETag, so that readers see whole versions.
/// </summary>
public sealed record DatasetManifest
{
    public int SchemaVersion { get; init; } = 1;

    public required string Dataset { get; init; }

    /// <summary>Counts the swaps, from 1.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset UpdatedUtc { get; init; }

    public required RunId UpdatedBy { get; init; }

    /// <summary>Ordered by blob name.</summary>
    public required IReadOnlyList<ManifestFile> Files { get; init; }
}
