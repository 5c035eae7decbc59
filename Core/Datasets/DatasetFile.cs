namespace Marketline.Core.Datasets;

/// <summary>One Parquet file of a dataset (see <see cref="DatasetNames"/>), on this machine.</summary>
public sealed record DatasetFile(string Dataset, string Path, long RowCount, long SizeBytes);
