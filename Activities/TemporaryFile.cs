namespace Marketline.Activities;

/// <summary>A file name in the temp folder that is gone when the work is done.</summary>
internal sealed class TemporaryFile(string extension) : IDisposable
{
    public string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"marketline-{Guid.NewGuid():N}{extension}");

    public void Dispose() => File.Delete(Path);
}
