using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Timers;

/// <summary>
/// Looks at the runs that go on and are due for a look, and lets plans go whose pause is over. Two workers that look at once do
/// the same thing.
/// </summary>
public sealed partial class WatchRunsTimer(
    TableWatchedRunStore watched,
    RunWatch watch,
    PlanPauses pauses,
    TimeProvider time,
    ILogger<WatchRunsTimer> logger
)
{
    private const int ParallelLooks = 16;

    [Function(nameof(WatchRunsTimer))]
    public async Task RunAsync(
        [TimerTrigger("%WatchSchedule%")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        await pauses.ReleaseAsync(cancellationToken);
        await Parallel.ForEachAsync(
            watched.ListAsync(client.Name, time.GetUtcNow(), cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = ParallelLooks, CancellationToken = cancellationToken },
            (run, token) => LookAsync(client, run, token)
        );
    }

    private async ValueTask LookAsync(DurableTaskClient client, VersionedWatchedRun run, CancellationToken cancellationToken)
    {
        try
        {
            await watch.LookAsync(client, run, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // The others are looked at; this one comes up again at the next tick.
            LogFailed(failure, run.Run.RunId.TenantId.Value, run.Run.RunId.Value);
        }
    }

    [LoggerMessage(LogLevel.Error, "The run {RunId} of {TenantId} could not be looked at.")]
    private partial void LogFailed(Exception failure, string tenantId, string runId);
}
