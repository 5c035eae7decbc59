using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Marketline.LocalHost.Cli.Processes;

/// <summary>
/// A process of ours: its output goes to a log file, and it is stopped with us (SIGTERM, then kill). It is not in our
/// terminal's foreground group's hands: Ctrl+C reaches it too, which only makes it stop sooner.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int TerminationSignal = 15;
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _gate = new();
    private readonly Queue<string> _lastLines = new();

    private ChildProcess(Process process, StreamWriter log)
    {
        _process = process;
        _log = log;
    }

    public bool HasExited => _process.HasExited;

    /// <summary>The last lines of its output, for an error message.</summary>
    public string Tail
    {
        get
        {
            lock (_gate)
            {
                return string.Join(Environment.NewLine, _lastLines);
            }
        }
    }

    public static ChildProcess Start(
        string fileName,
        IEnumerable<string> arguments,
        string workingDirectory,
        string logPath,
        IEnumerable<KeyValuePair<string, string>>? environment = null
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(logPath)!);
        var start = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        var child = new ChildProcess(Process.Start(start)!, new StreamWriter(logPath, append: false));
        child._process.OutputDataReceived += (_, line) => child.Log(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Log(line.Data);
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // It may have ended by itself in the meantime, since Ctrl+C reaches it too: then this does nothing.
            _ = Kill(_process.Id, TerminationSignal);
            using var patience = new CancellationTokenSource(StopTime);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
        lock (_gate)
        {
            _log.Dispose();
        }
    }

    /// <summary>POSIX's own: .NET ends processes with SIGKILL only.</summary>
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    private void Log(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_log.BaseStream is not { CanWrite: true })
            {
                return;
            }

            _log.WriteLine(line);
            _log.Flush();
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 15)
            {
                _lastLines.Dequeue();
            }
        }
    }
}
