using System.Diagnostics;
using Marketline.LocalHost.Cli.Api;

namespace Marketline.Tests.EndToEnd;

/// <summary>
/// Asks another process until it is as far as a test needs. One whose answer stays the same for too long never gets there: that
/// fails, saying how far it got.
/// </summary>
internal static class Polling
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isFarEnough)
    {
        var (last, since) = ("", Stopwatch.GetTimestamp());
        while (true)
        {
            var answer = await ask();
            if (isFarEnough(answer))
            {
                return answer;
            }

            var text = $"{answer}";
            if (text != last)
            {
                (last, since) = (text, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"For {Patience.TotalSeconds:0} s it has been: {text}");
            }

            await Task.Delay(Period);
        }
    }

    public static Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()), isSoNow => isSoNow);

    public static Task<RunState> UntilAsync(ApiClient client, string runId, Func<RunState, bool> isFarEnough) =>
        UntilAsync(() => client.GetRunAsync(runId, default), isFarEnough);

    /// <summary>Over, with all its lineage written.</summary>
    public static Task<RunState> UntilRecordedAsync(ApiClient client, string runId) =>
        UntilAsync(client, runId, state => state is { IsOver: true, IsLineageComplete: true });
}
