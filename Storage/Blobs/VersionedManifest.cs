using Marketline.Core.Datasets;

namespace Marketline.Storage.Blobs;

public sealed record VersionedManifest(DatasetManifest Manifest, string ETag);
