namespace Marketline.Core.Crawl;

/// <summary>An archive that is cut off or changed; the records before <see cref="Offset"/> are good.</summary>
public sealed class DamagedArchiveException : IOException
{
    public DamagedArchiveException()
        : this("The archive is damaged.") { }

    public DamagedArchiveException(string message)
        : base(message) { }

    public DamagedArchiveException(string message, Exception innerException)
        : base(message, innerException) { }

    public DamagedArchiveException(long offset, string cause, Exception? innerException = null)
        : base($"The archive is damaged: the record at byte {offset} {cause}.", innerException)
    {
        Offset = offset;
    }

    /// <summary>Where the first bad record begins, in bytes of the compressed archive.</summary>
    public long Offset { get; }
}
