namespace Marketline.Tests.LocalHost.Engine.CrashHost;

/// <summary>Every run of an activity, written before its result is returned. A killed process leaves all whole lines.</summary>
internal sealed class Journal(string path) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Write(string task, string result)
    {
        var line = System.Text.Encoding.UTF8.GetBytes($"{task} {result}\n");
        lock (_lock)
        {
            _file.Write(line);
        }
    }

    public void Dispose() => _file.Dispose();
}
