namespace Marketline.Storage.Blobs;

/// <summary>
/// A folder of this process within a shared one. It goes with the process; what a killed process has left is cleared away by the
/// next one, which sees that nobody holds its lock file any more.
/// </summary>
internal sealed class CacheFolder : IDisposable
{
    private const string LockName = ".lock";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    public CacheFolder(string parent)
    {
        Directory.CreateDirectory(parent);
        ClearAbandoned(parent);
        Path = System.IO.Path.Combine(parent, Guid.NewGuid().ToString("N"));
        _ = OperatingSystem.IsWindows() ? Directory.CreateDirectory(Path) : Directory.CreateDirectory(Path, OwnerOnly);
        _lock = new FileStream(System.IO.Path.Combine(Path, LockName), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
    }

    public string Path { get; }

    public void Dispose()
    {
        _lock.Dispose();
        Directory.Delete(Path, recursive: true);
    }

    private static void ClearAbandoned(string parent)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent))
        {
            try
            {
                using (new FileStream(System.IO.Path.Combine(folder, LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // Another process has it, is just making it, or clears it away as well; or it is another user's.
            }
        }
    }
}
