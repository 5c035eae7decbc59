namespace Marketline.LocalHost.Engine.Store;

/// <summary>Keeps a second engine away from a database. The system frees it when the process ends, however it ends.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly FileStream? _file;

    private DatabaseLock(FileStream? file) => _file = file;

    /// <param name="databasePath">Null: nothing to lock.</param>
    public static DatabaseLock Take(string? databasePath)
    {
        if (databasePath is null)
        {
            return new DatabaseLock(null);
        }

        var path = Path.GetFullPath(databasePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new DatabaseLock(new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"The durable engine's database '{path}' is in use by another process. Stop that one, or set another path.", e);
        }
    }

    public void Dispose() => _file?.Dispose();
}
