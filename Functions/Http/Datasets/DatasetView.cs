using Marketline.Analytics.Query;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;

namespace Marketline.Functions.Http.Datasets;

/// <summary>A dataset as it is now.</summary>
internal record DatasetView
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    /// <summary>Counts the runs that have changed it.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset UpdatedUtc { get; init; }

    public required RunId UpdatedBy { get; init; }

    public required long RowCount { get; init; }

    public required long SizeBytes { get; init; }

    public static DatasetView Of(DatasetSchema schema, DatasetManifest manifest) =>
        new()
        {
            Name = schema.Name,
            Description = schema.Description,
            Version = manifest.Version,
            UpdatedUtc = manifest.UpdatedUtc,
            UpdatedBy = manifest.UpdatedBy,
            RowCount = manifest.Files.Sum(file => file.RowCount),
            SizeBytes = manifest.Files.Sum(file => file.SizeBytes),
        };
}
