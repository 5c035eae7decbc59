using System.Diagnostics.CodeAnalysis;
using Marketline.Analytics.Query;
using Marketline.Core.Datasets;

namespace Marketline.Functions.Http.Datasets;

/// <summary>A dataset with its schema and its files: what a reader of the container may take as one version.</summary>
internal sealed record DatasetDetails : DatasetView
{
    [SetsRequiredMembers]
    public DatasetDetails(DatasetSchema schema, DatasetManifest manifest)
        : base(Of(schema, manifest))
    {
        Key = schema.Key;
        Columns = schema.Columns;
        Files = manifest.Files;
    }

    public IReadOnlyList<string> Key { get; }

    public IReadOnlyList<DatasetColumn> Columns { get; }

    public IReadOnlyList<ManifestFile> Files { get; }
}
