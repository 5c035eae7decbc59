using System.Runtime.CompilerServices;
using Marketline.Core.Admission;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.Activities.Admission;

/// <summary>
/// The places of each tenant's runs. A run holds one from its start to its closing record; others wait, by priority and then
/// age, those of one plan for each other. The tickets are the list of what waits and goes on: <see cref="RunQueueRepair"/>
/// mends what a crash left between a ticket, its row and its orchestration.
/// </summary>
public sealed partial class RunQueue(
    BlobAdmissionStore pools,
    TenantDirectory tenants,
    TableRunStore runs,
    RunLauncher launcher,
    ILogger<RunQueue> logger
)
{
    /// <summary>A run takes as long as it takes; its place is free when it is closed.</summary>
    private static readonly TimeSpan ForEver = TimeSpan.MaxValue;

    /// <summary>Asks for a place for a run; its ticket is granted, waits, or was not taken.</summary>
    public async Task<AdmissionAnswer> EnterAsync(
        DurableTaskClient client,
        RunId runId,
        int priority,
        OverlapPolicy overlap,
        CancellationToken cancellationToken
    )
    {
        var ticket = new Ticket
        {
            Id = AdmissionNames.RunTicket(runId),
            TenantId = runId.TenantId,
            Group = runId.PlanId.Value,
            IsExclusive = overlap != OverlapPolicy.Allow,
            Priority = priority,
            TaskHub = client.Name,
        };
        var request = new TicketRequest(ticket, TenantShare.Unbounded, IsOnlyIfGroupIsFree: overlap == OverlapPolicy.Skip);
        return await ApplyAsync(client, runId.TenantId, request, cancellationToken);
    }

    /// <summary>Frees the run's place and starts the one that gets it.</summary>
    public Task LeaveAsync(DurableTaskClient client, RunId runId, CancellationToken cancellationToken) =>
        ApplyAsync(client, runId.TenantId, new TicketRelease(AdmissionNames.RunTicket(runId)), cancellationToken);

    /// <summary>The run's ticket as it stands; null when there is none.</summary>
    public async Task<Ticket?> FindAsync(DurableTaskClient client, RunId runId, CancellationToken cancellationToken) =>
        (await ApplyAsync(client, runId.TenantId, new PoolCheck(AdmissionNames.RunTicket(runId)), cancellationToken)).Ticket;

    /// <summary>Starts what may start now: after a bound was raised, or when a worker stopped before it had started what it should.</summary>
    public Task DispatchAsync(DurableTaskClient client, TenantId tenantId, CancellationToken cancellationToken) =>
        ApplyAsync(client, tenantId, new PoolCheck(), cancellationToken);

    /// <summary>Takes a run that waits out of the queue; it ends as cancelled.</summary>
    /// <returns>False when the run does not wait; see <see cref="RunCanceller"/>.</returns>
    public async Task<bool> WithdrawAsync(DurableTaskClient client, RunId runId, DateTimeOffset nowUtc, CancellationToken cancellationToken)
    {
        var release = new TicketRelease(AdmissionNames.RunTicket(runId), IsOnlyIfWaiting: true);
        var answer = await ApplyAsync(client, runId.TenantId, release, cancellationToken);
        if (answer.Ticket is not null)
        {
            return false;
        }

        var isCancelled = false;
        await runs.UpdateAsync(
            runId,
            row =>
            {
                isCancelled = row.Status == RunStatus.Queued;
                return isCancelled ? row with { Status = RunStatus.Cancelled, FinishedUtc = nowUtc, IsLineageComplete = true } : null;
            },
            cancellationToken
        );
        return isCancelled;
    }

    /// <summary>The tenant's runs that have a place, those that have just been given one too.</summary>
    public async Task<IReadOnlyList<ActiveRun>> ListActiveAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var ledger = await pools.ReadAsync(AdmissionNames.Runs(tenantId), cancellationToken);
        return
        [
            .. ledger.Tickets.Where(ticket => ticket.IsGranted).Select(ticket => new ActiveRun(RunId.Parse(ticket.Id), ticket.GrantedUtc!.Value)),
        ];
    }

    /// <summary>The tenants that have runs which go on or wait.</summary>
    public async IAsyncEnumerable<TenantId> ListTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var pool in pools.ListAsync(AdmissionNames.RunsPrefix, cancellationToken))
        {
            if (AdmissionNames.TryParseRuns(pool, out var tenantId))
            {
                yield return tenantId.Value;
            }
        }
    }

    private async Task<AdmissionAnswer> ApplyAsync(
        DurableTaskClient client,
        TenantId tenantId,
        AdmissionChange change,
        CancellationToken cancellationToken
    )
    {
        // Nothing of a tenant that is suspended or gone begins; what waits goes on waiting.
        var tenant = await tenants.FindAsync(tenantId, cancellationToken);
        var capacity = tenant is { Status: TenantStatus.Active } ? tenant.Limits.MaxActiveRuns : 0;
        var pool = new AdmissionPool(AdmissionNames.Runs(tenantId), capacity, ForEver, ForEver);
        var answer = await pools.ApplyAsync(pool, change, cancellationToken);
        foreach (var ticket in answer.Woken)
        {
            await LaunchAsync(client, ticket, cancellationToken);
        }

        return answer;
    }

    /// <summary>It has its place, so what fails here is mended by the next repair.</summary>
    private async Task LaunchAsync(DurableTaskClient client, Ticket ticket, CancellationToken cancellationToken)
    {
        try
        {
            await launcher.StartAsync(client, RunId.Parse(ticket.Id), cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotStarted(failure, ticket.TenantId.Value, ticket.Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{TenantId}: {RunId} has its place and was not started; it will be.")]
    private partial void LogNotStarted(Exception failure, string tenantId, string runId);
}
