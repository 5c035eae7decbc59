using Marketline.Core.Admission;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketline.Activities.Admission;

/// <summary>
/// The places that batches hold from the start of their crawl to the end of their clean step, over all workers, shared fairly
/// between tenants. A batch that dies with its orchestration loses its place when its ticket expires.
/// </summary>
public sealed partial class BatchAdmission(
    BlobAdmissionStore pools,
    TenantBounds bounds,
    IOptions<AdmissionOptions> options,
    TimeProvider time,
    ILogger<BatchAdmission> logger
)
{
    /// <summary>A time box of three minutes, and what retries and the clean step may take; each time box renews it.</summary>
    private static readonly TimeSpan HoldTime = TimeSpan.FromMinutes(15);

    /// <summary>Longer than the longest pause between two questions.</summary>
    private static readonly TimeSpan WaitTime = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(2);

    private AdmissionPool Pool => new(AdmissionNames.Batches, options.Value.MaxBatchesInFlight, HoldTime, WaitTime);

    /// <summary>Takes a place, or keeps the one that the batch has.</summary>
    /// <returns>Null when the batch may go on; else when to ask again, should nobody wake it before.</returns>
    public async Task<DateTimeOffset?> EnterAsync(RunRef run, int batch, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var limits = await bounds.OfAsync(run.TenantId, cancellationToken);
        var ticket = new Ticket
        {
            Id = AdmissionNames.BatchTicket(run.RunId, batch),
            TenantId = run.TenantId,
            TaskHub = client.Name,
            InstanceId = InstanceIds.Site(run.RunId, BatchNumbers.SiteOf(batch)),
        };
        var share = new TenantShare(limits.Weight, limits.MaxBatchesInFlight);
        var answer = await pools.ApplyAsync(Pool, new TicketRequest(ticket, share), cancellationToken);
        await WakeAsync(answer.Woken, client, cancellationToken);
        if (answer.Ticket is { IsGranted: true })
        {
            return null;
        }

        // The longer it has waited, the less a late answer matters.
        var nowUtc = time.GetUtcNow();
        var waited = nowUtc - (answer.Ticket?.RequestedUtc ?? nowUtc);
        return nowUtc + TimeSpan.FromTicks(Math.Clamp(waited.Ticks, FirstPause.Ticks, MaxPause.Ticks));
    }

    /// <summary>Gives the batch's place back, if it has one, and wakes those that get it.</summary>
    public async Task LeaveAsync(RunRef run, int batch, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var release = new TicketRelease(AdmissionNames.BatchTicket(run.RunId, batch));
        var answer = await pools.ApplyAsync(Pool, release, cancellationToken);
        await WakeAsync(answer.Woken, client, cancellationToken);
    }

    /// <summary>Lets the batches of a run that wait ask again at once.</summary>
    public async Task WakeAsync(RunId runId, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var ledger = await pools.ReadAsync(AdmissionNames.Batches, cancellationToken);
        await WakeAsync(ledger.Tickets.Where(ticket => !ticket.IsGranted && AdmissionNames.IsBatchOf(ticket.Id, runId)), client, cancellationToken);
    }

    /// <summary>One that can not be told, because it lives in another task hub or has ended, asks by itself or expires.</summary>
    private async Task WakeAsync(IEnumerable<Ticket> woken, DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var ticket in woken.Where(ticket => ticket.TaskHub == client.Name))
        {
            try
            {
                await client.RaiseEventAsync(ticket.InstanceId!, AdmissionNames.Admitted, ticket.Id, cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotTold(failure, ticket.TenantId.Value, ticket.Id);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "{TenantId}: {Ticket} could not be told to ask for its place.")]
    private partial void LogNotTold(Exception failure, string tenantId, string ticket);
}
