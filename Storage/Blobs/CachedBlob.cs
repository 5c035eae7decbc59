using Marketline.Core.Naming;

namespace Marketline.Storage.Blobs;

/// <summary>A file of a <see cref="BlobFileCache"/>. What changes is under the cache's lock.</summary>
internal sealed class CachedBlob(TenantId tenantId, string blob, string path, DateTimeOffset usedUtc)
{
    private readonly TaskCompletionSource _download = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TenantId TenantId => tenantId;

    public string Blob => blob;

    public string Path => path;

    /// <summary>Ends when the file is there.</summary>
    public Task Download => _download.Task;

    public int UseCount { get; set; } = 1;

    public long SizeBytes { get; set; }

    public DateTimeOffset UsedUtc { get; set; } = usedUtc;

    public void Complete(Exception? failure)
    {
        if (failure is null)
        {
            _download.SetResult();
        }
        else
        {
            _download.SetException(failure);
        }
    }
}
