using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Local.Hosting;

/// <summary>Where the host keeps what has to outlive it: histories, timer states. One host at a time uses it.</summary>
internal sealed class DataFolder(HostLaunch launch, IConfiguration settings) : IDisposable
{
    private FileStream? _lock;

    public string FullPath { get; } = Path.GetFullPath(settings["LocalHost:DataFolder"] ?? ".engine", launch.WorkingFolder);

    /// <summary>Makes the folder and keeps other hosts out of it until this one is disposed.</summary>
    public void Take()
    {
        try
        {
            Directory.CreateDirectory(FullPath);
            var path = Path.Combine(FullPath, "host.lock");
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException)
        {
            throw new HostStartException($"The data folder {FullPath} can not be written; set LocalHost__DataFolder to another one.");
        }
        catch (IOException)
        {
            throw new HostStartException($"The data folder {FullPath} is in use by another host; stop it or set LocalHost__DataFolder.");
        }
    }

    public void Dispose() => _lock?.Dispose();
}
