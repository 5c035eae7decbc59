namespace Marketline.Core.Datasets;

/// <summary>A Parquet file that is cut off, is none, or lacks a column: retrying does not help, writing it anew does.</summary>
public sealed class DamagedBatchException : Exception
{
    public DamagedBatchException()
        : this("", null) { }

    public DamagedBatchException(string path)
        : this(path, null) { }

    public DamagedBatchException(string path, Exception? innerException)
        : base($"The file '{path}' is damaged: it can not be read as the Parquet file it should be.", innerException) =>
        Path = path;

    /// <summary>The local file.</summary>
    public string Path { get; }
}
