namespace Marketline.Core.Storage;

/// <summary>A blob that a step was sent to is not there.</summary>
public sealed class BlobMissingException : Exception
{
    public BlobMissingException() { }

    public BlobMissingException(string blobName)
        : base($"The blob '{blobName}' is not there.") { }

    public BlobMissingException(string blobName, Exception innerException)
        : base($"The blob '{blobName}' is not there.", innerException) { }
}
