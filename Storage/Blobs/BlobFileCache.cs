using System.Globalization;
using Marketline.Core.Naming;
using Marketline.Core.Storage;
using Microsoft.Extensions.Options;

namespace Marketline.Storage.Blobs;

/// <summary>
/// Blobs that never change once they are current (gold files) as files on this worker, so that a page of rows does not download
/// its dataset. Files belong to a tenant: the same name of another tenant is another file. Beyond its size the least recently used
/// ones go, files in use never; what nobody has used for a while goes in any case, with whatever belonged to a deleted tenant.
/// </summary>
public sealed class BlobFileCache : IDisposable
{
    internal static readonly TimeSpan MaxIdleTime = TimeSpan.FromMinutes(15);

    private const int MaxParallelDownloads = 8;

    private readonly BlobArtifactStore _blobs;
    private readonly TimeProvider _time;
    private readonly long _maxBytes;
    private readonly Lazy<CacheFolder> _folder;
    private readonly ITimer _sweep;
    private readonly Lock _lock = new();
    private readonly Dictionary<(TenantId TenantId, string Blob), LinkedListNode<CachedBlob>> _files = [];

    /// <summary>The least recently used first.</summary>
    private readonly LinkedList<CachedBlob> _order = new();

    private long _sizeBytes;
    private long _fileCount;

    public BlobFileCache(BlobArtifactStore blobs, IOptions<StorageOptions> options, TimeProvider time)
    {
        _blobs = blobs;
        _time = time;
        _maxBytes = options.Value.FileCacheMegabytes * 1024L * 1024;
        _folder = new Lazy<CacheFolder>(() => new CacheFolder(Path.GetFullPath(options.Value.FileCacheFolder)));
        _sweep = time.CreateTimer(_ => Sweep(), null, MaxIdleTime, MaxIdleTime / 3);
    }

    /// <exception cref="BlobMissingException">One of the blobs is not there.</exception>
    public async Task<CachedFiles> OpenAsync(TenantId tenantId, IReadOnlyList<string> blobs, CancellationToken cancellationToken)
    {
        var taken = new CachedBlob?[blobs.Count];
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelDownloads, CancellationToken = cancellationToken };
            await Parallel.ForAsync(
                0,
                blobs.Count,
                options,
                async (i, token) =>
                {
                    taken[i] = Take(tenantId, blobs[i], out var isNew);
                    // Not with the caller's token: others may wait for the same file.
                    _ = isNew ? DownloadAsync(taken[i]!) : Task.CompletedTask;
                    await taken[i]!.Download.WaitAsync(token);
                }
            );
            return new CachedFiles([.. taken.Select(file => file!.Path)], () => Release(taken));
        }
        catch
        {
            Release(taken);
            throw;
        }
    }

    public void Dispose()
    {
        _sweep.Dispose();
        if (_folder.IsValueCreated)
        {
            _folder.Value.Dispose();
        }
    }

    private CachedBlob Take(TenantId tenantId, string blob, out bool isNew)
    {
        lock (_lock)
        {
            isNew = !_files.TryGetValue((tenantId, blob), out var node);
            if (node is not null)
            {
                node.Value.UseCount++;
                _order.Remove(node);
                _order.AddLast(node);
                return node.Value;
            }

            var folder = Directory.CreateDirectory(Path.Combine(_folder.Value.Path, tenantId.Value)).FullName;
            var name = string.Create(CultureInfo.InvariantCulture, $"{_fileCount++}.parquet");
            var file = new CachedBlob(tenantId, blob, Path.Combine(folder, name), _time.GetUtcNow());
            _files[(tenantId, blob)] = _order.AddLast(file);
            return file;
        }
    }

    private async Task DownloadAsync(CachedBlob file)
    {
        try
        {
            await _blobs.ReadToFileAsync(file.TenantId, file.Blob, file.Path, CancellationToken.None);
            lock (_lock)
            {
                file.SizeBytes = new FileInfo(file.Path).Length;
                _sizeBytes += file.SizeBytes;
                Trim();
            }

            file.Complete(null);
        }
        catch (Exception failure)
        {
            // Not kept: the next one tries again. Those who wait for it get the failure.
            lock (_lock)
            {
                Remove(_files[(file.TenantId, file.Blob)]);
            }

            file.Complete(failure);
        }
    }

    private void Release(IEnumerable<CachedBlob?> files)
    {
        lock (_lock)
        {
            foreach (var file in files.OfType<CachedBlob>())
            {
                file.UseCount--;
                file.UsedUtc = _time.GetUtcNow();
            }

            Trim();
        }
    }

    private void Trim()
    {
        for (var node = _order.First; node is not null && _sizeBytes > _maxBytes; )
        {
            var next = node.Next;
            if (IsUnused(node.Value))
            {
                Remove(node);
            }

            node = next;
        }
    }

    private void Sweep()
    {
        lock (_lock)
        {
            var oldestUtc = _time.GetUtcNow() - MaxIdleTime;
            for (var node = _order.First; node is not null; )
            {
                var next = node.Next;
                if (IsUnused(node.Value) && node.Value.UsedUtc <= oldestUtc)
                {
                    Remove(node);
                }

                node = next;
            }
        }
    }

    private static bool IsUnused(CachedBlob file) => file.UseCount == 0 && file.Download.IsCompleted;

    private void Remove(LinkedListNode<CachedBlob> node)
    {
        var file = node.Value;
        _files.Remove((file.TenantId, file.Blob));
        _order.Remove(node);
        _sizeBytes -= file.SizeBytes;
        File.Delete(file.Path);
    }
}
