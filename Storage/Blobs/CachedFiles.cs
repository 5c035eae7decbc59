namespace Marketline.Storage.Blobs;

/// <summary>Files of a <see cref="BlobFileCache"/> that stay where they are until this is disposed. They are only to be read.</summary>
public sealed class CachedFiles : IDisposable
{
    private Action? _release;

    internal CachedFiles(IReadOnlyList<string> paths, Action release)
    {
        Paths = paths;
        _release = release;
    }

    /// <summary>In the order of the blobs that were asked for.</summary>
    public IReadOnlyList<string> Paths { get; }

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
