using Marketline.LocalHost.Cli.Api;

namespace Marketline.Tests.EndToEnd;

/// <summary>Asks another process until it is as far as a test needs; the test's own time limit ends it.</summary>
internal static class Polling
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    public static Task PauseAsync() => Task.Delay(Period);

    public static async Task<RunState> UntilAsync(ApiClient client, string runId, Func<RunState, bool> isFarEnough)
    {
        while (true)
        {
            var state = await client.GetRunAsync(runId, default);
            if (isFarEnough(state))
            {
                return state;
            }

            await PauseAsync();
        }
    }

    /// <summary>Over, with all its lineage written.</summary>
    public static Task<RunState> UntilRecordedAsync(ApiClient client, string runId) =>
        UntilAsync(client, runId, state => state is { IsOver: true, IsLineageComplete: true });
}
