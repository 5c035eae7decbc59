using Marketline.Activities.Admission;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Timers;

/// <summary>
/// Each minute looks after the tenants that have runs going on or waiting: starts what was to be started when a worker stopped,
/// or what may start since a limit was raised. A run that ends starts the next one by itself, without this.
/// </summary>
public sealed partial class DispatchRunsTimer(RunQueue queue, RunQueueRepair repair, ILogger<DispatchRunsTimer> logger)
{
    [Function(nameof(DispatchRunsTimer))]
    public async Task RunAsync(
        [TimerTrigger("40 * * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        await foreach (var tenantId in queue.ListTenantsAsync(cancellationToken))
        {
            try
            {
                await repair.RunAsync(client, tenantId, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                // One tenant's trouble is not another's: the next minute tries again.
                LogFailed(failure, tenantId.Value);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The runs of {TenantId} were not looked after.")]
    private partial void LogFailed(Exception failure, string tenantId);
}
