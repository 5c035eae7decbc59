using System.Diagnostics;

namespace Marketline.Tests.Platforms.Render;

/// <summary>A Playwright server as its command starts it: <c>playwright run-server</c>, of the driver that the package brings.</summary>
internal sealed class PlaywrightServer : IAsyncDisposable
{
    private const string Listening = "Listening on ";

    private readonly Process _process;

    private PlaywrightServer(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>Such as <c>ws://127.0.0.1:34567/</c>.</summary>
    public string Address { get; }

    /// <param name="port">0 takes a free one.</param>
    public static async Task<PlaywrightServer> StartAsync(int port = 0)
    {
        var driver = Path.Combine(AppContext.BaseDirectory, ".playwright");
        var node = Directory.EnumerateFiles(Path.Combine(driver, "node"), "node*", SearchOption.AllDirectories).First(file => Path.GetFileNameWithoutExtension(file) == "node");
        var start = new ProcessStartInfo(node) { RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(driver, "package", "cli.js"), "run-server", "--host", "127.0.0.1", "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--unsafe" })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new PlaywrightServer(process, line[Listening.Length..].Trim());
            }
        }

        throw new InvalidOperationException("The Playwright server ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
