namespace Marketline.Core.Datasets;

/// <summary>A clean batch as a local Parquet file.</summary>
/// <param name="Batch">The batch's number within its run.</param>
/// <param name="Path">Where it lies on this machine.</param>
public sealed record CleanBatchFile(int Batch, string Path);
