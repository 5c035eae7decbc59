using Marketline.Core.Naming;

namespace Marketline.Core.Datasets;

/// <summary>One current file of a dataset, in the tenant's container.</summary>
/// <param name="Partition">Its Hive partition; a run replaces the files of the partitions that it writes.</param>
public sealed record ManifestFile(string Blob, string Partition, RunId RunId, long RowCount, long SizeBytes);
