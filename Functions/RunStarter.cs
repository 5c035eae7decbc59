using System.Diagnostics;
using Marketline.Activities.Admission;
using Marketline.Core.Admission;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Storage.Tables;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions;

/// <summary>
/// Starts runs, or queues them. The ticket comes first, then the row, then the orchestration under the run's id: starting the same
/// slot twice, on two workers or after a crash, is starting it once. The row names the task hub, so that of two hubs on one
/// account (deployment slots have one each) only the first one executes the run.
/// </summary>
public sealed class RunStarter(
    TenantStanding standing,
    RunQueue queue,
    RunCanceller canceller,
    TableRunStore runs,
    TableWatchedRunStore watched,
    TimeProvider time
)
{
    private const int MaxRerunCount = 99;

    public async Task<StartResult> StartAsync(DurableTaskClient client, RunRequest request, CancellationToken cancellationToken)
    {
        var run = Reference(request);
        if (await standing.WhyNotAsync(run.TenantId, cancellationToken) is { } refusal)
        {
            return new StartResult(run.RunId, StartOutcome.Refused, refusal);
        }

        var overlap = request.Overlap ?? (request.Trigger.Kind == RunTriggerKind.Schedule ? OverlapPolicy.Skip : OverlapPolicy.Queue);
        var place = await queue.EnterAsync(client, run.RunId, request.Priority, overlap, cancellationToken);
        if (place.Ticket is not { } ticket)
        {
            return await WithoutPlaceAsync(run.RunId, place, cancellationToken);
        }

        var input = Input(request, run);
        var row = Row(client, request, run, ticket);
        await watched.AddAsync(WatchedRun.Of(row, request.Plan, time.GetUtcNow()), cancellationToken);
        if (!await runs.TryAddAsync(row, cancellationToken, input))
        {
            return await AgainAsync(client, input, place, cancellationToken);
        }

        if (overlap == OverlapPolicy.Replace)
        {
            foreach (var other in place.Others)
            {
                await canceller.CancelAsync(client, RunId.Parse(other.Id), cancellationToken);
            }
        }

        return ticket.IsGranted
            ? await BeginAsync(client, input, cancellationToken)
            : await WaitAsync(client, input, place, cancellationToken);
    }

    /// <summary>Starts a rerun under the next free number behind its slot.</summary>
    /// <returns>Null when there are no free numbers left.</returns>
    public async Task<StartResult?> StartRerunAsync(DurableTaskClient client, RunRequest request, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= MaxRerunCount; number++)
        {
            var numbered = request with { RerunNumber = number };
            if (await runs.FindAsync(Reference(numbered).RunId, cancellationToken) is not null)
            {
                continue;
            }

            // Somebody else may have taken the number in between: then this is none of ours.
            var result = await StartAsync(client, numbered, cancellationToken);
            if (result.Outcome != StartOutcome.AlreadyStarted)
            {
                return result;
            }
        }

        return null;
    }

    private static RunRef Reference(RunRequest request) =>
        new()
        {
            RunId = new RunId(request.Plan.TenantId, request.Plan.PlanId, request.SlotUtc, request.RerunNumber),
            Platform = request.Plan.Platform,
            Kind = request.Plan.Kind,
            TraceParent = Activity.Current?.Id,
        };

    private static RunRecord Row(DurableTaskClient client, RunRequest request, RunRef run, Ticket ticket) =>
        new()
        {
            Run = run,
            Status = ticket.IsGranted ? RunStatus.Scheduled : RunStatus.Queued,
            TaskHub = client.Name,
            Trigger = request.Trigger,
            Priority = request.Priority,
            CorrelationId = request.CorrelationId,
            RerunOf = request.RerunOf?.Value,
            DeadlineUtc = request.Plan.Schedule?.DeadlineSeconds is { } seconds ? request.SlotUtc.AddSeconds(seconds) : null,
        };

    private static RunInput Input(RunRequest request, RunRef run) =>
        new()
        {
            Run = run,
            Sites = request.Plan.Sites,
            Limits = request.Plan.Limits,
            RerunOf = request.RerunOf?.Value,
            Rerun = request.Rerun,
            Then = request.Plan.Then,
            Depth = request.Depth,
        };

    private async Task<StartResult> WithoutPlaceAsync(RunId runId, AdmissionAnswer place, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(runId, cancellationToken) is not null)
        {
            return new StartResult(runId, StartOutcome.AlreadyStarted);
        }

        return place.IsFull
            ? new StartResult(runId, StartOutcome.Refused, $"{AdmissionDesk.MaxTicketCount} runs of the tenant go on or wait: cancel some, or wait for them.")
            : new StartResult(runId, StartOutcome.Skipped, $"{place.Others[0].Id} of the same plan goes on.");
    }

    /// <summary>The row is there: somebody else was quicker, or stopped before the run had begun, or it is long over.</summary>
    private async Task<StartResult> AgainAsync(DurableTaskClient client, RunInput asked, AdmissionAnswer place, CancellationToken cancellationToken)
    {
        var runId = asked.Run.RunId;
        var (row, input) = (await runs.FindToStartAsync(runId, cancellationToken))!;
        var isOfAnotherHub = row.TaskHub is { } hub && hub != client.Name;
        if (place.IsNew && (row.Status.IsOver() || isOfAnotherHub))
        {
            await queue.LeaveAsync(client, runId, cancellationToken);
        }
        else if (place.Ticket!.IsGranted && row.Status.IsAhead() && !isOfAnotherHub)
        {
            await RunLauncher.StartAsync(client, input ?? asked, cancellationToken);
        }

        return new StartResult(runId, StartOutcome.AlreadyStarted);
    }

    private static async Task<StartResult> BeginAsync(DurableTaskClient client, RunInput input, CancellationToken cancellationToken)
    {
        await RunLauncher.StartAsync(client, input, cancellationToken);
        return new StartResult(input.Run.RunId, StartOutcome.Started);
    }

    /// <summary>Who granted the ticket before the row was there could not start the run: so it is looked at once more.</summary>
    private async Task<StartResult> WaitAsync(
        DurableTaskClient client,
        RunInput input,
        AdmissionAnswer place,
        CancellationToken cancellationToken
    )
    {
        var runId = input.Run.RunId;
        if (await queue.FindAsync(client, runId, cancellationToken) is { IsGranted: true })
        {
            return await BeginAsync(client, input, cancellationToken);
        }

        var reason = place.Others.Any(other => other.IsGranted) ? "Another run of the plan goes on." : "The tenant has as many runs as it may.";
        return new StartResult(runId, StartOutcome.Queued, reason);
    }
}
