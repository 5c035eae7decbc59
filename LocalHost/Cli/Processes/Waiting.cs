using System.Diagnostics;

namespace Marketline.LocalHost.Cli.Processes;

internal static class Waiting
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for a process that was just started; one that does not come up, or is not wanted any more, is stopped.</summary>
    /// <exception cref="CliException">The process ended or did not answer in time; the message has its last words.</exception>
    public static async Task UntilAsync(
        Func<Task<bool>> isReady,
        ChildProcess process,
        string what,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await WaitAsync(isReady, process, what, timeout, cancellationToken);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static async Task WaitAsync(
        Func<Task<bool>> isReady,
        ChildProcess process,
        string what,
        TimeSpan timeout,
        CancellationToken cancellationToken
    )
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (!await isReady())
        {
            if (process.HasExited)
            {
                await Task.Delay(Pause, cancellationToken);
                throw new CliException($"{what} ended at its start:{Environment.NewLine}{process.Tail}");
            }

            if (Stopwatch.GetElapsedTime(startedAt) > timeout)
            {
                throw new CliException($"{what} does not answer after {timeout.TotalSeconds:0} s:{Environment.NewLine}{process.Tail}");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
