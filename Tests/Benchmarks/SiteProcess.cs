using System.Diagnostics;

namespace Marketline.Benchmarks;

/// <summary>A site that this program serves in a process of its own, so that its work and its memory are nobody's.</summary>
internal sealed class SiteProcess(Process process, Uri address) : IDisposable
{
    public Uri Address => address;

    /// <param name="argument">Which site; it says its address in the first line, and ends with its standard input.</param>
    public static async Task<SiteProcess> StartAsync(string argument)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SiteProcess).Assembly.Location, argument]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The site did not start.");
        return new SiteProcess(process, new Uri(line));
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
