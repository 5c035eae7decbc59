using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Functions.Http.Access;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>
/// Starts reruns. One of everything follows the plan as it is now; any other takes sites, limits and blobs of the run that it
/// repeats, and needs no plan.
/// </summary>
public sealed class RerunDesk(TablePlanStore plans, BlobArtifactStore blobs, RunViews views, RunStarter starter, LineageRepeater lineage)
{
    internal async Task<IResult> StartAsync(
        HttpRequest request,
        string runId,
        NewRerun asked,
        DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        if (Check(asked) is { Count: > 0 } problems)
        {
            return Problems.Invalid(problems);
        }

        if (RunAddress.Parse(request, runId) is not { } id || await views.FindAsync(id, client, cancellationToken) is not { View: var run })
        {
            return RunAddress.NotThere(runId);
        }

        if (!run.Status.IsOver())
        {
            return Problems.Conflict($"The run is not over: {run.Status}.", $"Wait for its end, or POST {RunAddress.Of(id)}/cancel.");
        }

        if (asked.From == RerunStep.Lineage)
        {
            return await lineage.StartAsync(id, client, cancellationToken);
        }

        var (plan, rerun, problem) =
            asked is { Only: RerunScope.All, From: RerunStep.Crawl }
                ? await PresentPlanAsync(id, cancellationToken)
                : await SourceAsync(run, asked, client, cancellationToken);
        return problem ?? await StartAsync(request, id, asked.Priority, plan!, rerun, client, cancellationToken);
    }

    private static Dictionary<string, string[]> Check(NewRerun asked)
    {
        var problems = new Dictionary<string, string[]>();
        if (!Enum.IsDefined(asked.Only))
        {
            problems["only"] = ["all, failed or quarantined is expected."];
        }
        else if (asked.Only != RerunScope.All && asked.From != RerunStep.Crawl)
        {
            problems["only"] = ["A part of the run can be fetched again only: leave out 'from', or 'only'."];
        }

        if (!Enum.IsDefined(asked.From))
        {
            problems["from"] = ["crawl, clean, aggregate or lineage is expected."];
        }

        if (asked.Priority is < 0 or > 9)
        {
            problems["priority"] = ["0 (first) to 9 (last) is expected."];
        }

        return problems;
    }

    private async Task<(Plan? Plan, RerunSource? Rerun, IResult? Problem)> PresentPlanAsync(RunId id, CancellationToken cancellationToken) =>
        await plans.FindAsync(id.TenantId, id.PlanId, cancellationToken) is { } found
            ? (found.Plan, null, null)
            : (null, null, Problems.Conflict(
                $"The plan '{id.PlanId}' was deleted.",
                $"Make it again with PUT /api/plans/{id.PlanId}, or send {{\"only\": \"failed\"}} or a 'from', which need no plan."
            ));

    private async Task<(Plan? Plan, RerunSource? Rerun, IResult? Problem)> SourceAsync(
        RunView run,
        NewRerun asked,
        DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        if (asked.From == RerunStep.Crawl && IsNothingLeft(run, asked.Only))
        {
            return (null, null, Problems.Conflict("Nothing of the run failed.", "Send {\"only\": \"all\"} to do all of it again."));
        }

        var instance = await client.GetInstanceAsync(InstanceIds.Run(run.RunId), getInputsAndOutputs: true, cancellationToken);
        if (instance?.ReadInputAs<RunInput>() is not { } input)
        {
            return (null, null, Problems.Conflict("How the run was started is not kept any more.", "POST /api/runs starts its plan anew."));
        }

        var raw = input.Rerun is { From: not RerunStep.Crawl } earlier ? earlier.Raw : input.Run;
        var problem = asked.From switch
        {
            RerunStep.Clean when !await AnyAsync(run, BlobNames.RawFolder(raw), cancellationToken) =>
                Problems.Conflict($"The raw archive of {raw.RunId} is gone: it is kept for 30 days.", "Send {\"from\": \"crawl\"} to fetch it again."),
            RerunStep.Aggregate when !await AnyAsync(run, BlobNames.CleanFolder(input.Run), cancellationToken) =>
                Problems.Conflict("The run has no clean files, or none any more.", "Send {\"from\": \"clean\"} to make them again."),
            _ => null,
        };
        return (PlanOf(input), new RerunSource(asked.From, asked.Only, input.Run, raw), problem);
    }

    /// <summary>A row that is not closed yet does not know it.</summary>
    private static bool IsNothingLeft(RunView run, RerunScope only) =>
        run is { IsLineageComplete: true, Status: RunStatus.Completed, Problems.Count: 0, Objects.Failed: 0 }
        && (only == RerunScope.Failed || run.Objects.Quarantined == 0);

    private async Task<bool> AnyAsync(RunView run, string prefix, CancellationToken cancellationToken) =>
        await blobs.ListAsync(run.TenantId, prefix, cancellationToken).AnyAsync(cancellationToken);

    /// <summary>As it was when the repeated run started: batches are numbered by its sites.</summary>
    private static Plan PlanOf(RunInput input) =>
        new()
        {
            TenantId = input.Run.TenantId,
            PlanId = input.Run.RunId.PlanId,
            Platform = input.Run.Platform,
            Kind = input.Run.Kind,
            Sites = input.Sites,
            Limits = input.Limits,
            Then = input.Then,
        };

    private async Task<IResult> StartAsync(
        HttpRequest request,
        RunId id,
        int priority,
        Plan plan,
        RerunSource? rerun,
        DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var run = new RunRequest
        {
            Plan = plan,
            SlotUtc = id.ScheduledUtc,
            Trigger = new RunTrigger(RunTriggerKind.Request, request.Caller().Id),
            Priority = priority,
            CorrelationId = request.HttpContext.CorrelationId(),
            RerunOf = id,
            Rerun = rerun,
        };
        return await starter.StartRerunAsync(client, run, cancellationToken) is { } result
            ? StartedRun.Answer(result)
            : Problems.Conflict("The slot was run again too often.", "POST /api/runs starts the plan under a slot of its own.");
    }
}
