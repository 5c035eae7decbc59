using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Functions;
using Marketline.Storage.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.Activities.Runs;

/// <summary>
/// Starts the runs that follow a run. Their slot is the second in which that one ended, so a second run of this starts none of
/// them twice. A plan that is gone or paused by now is left out.
/// </summary>
public sealed partial class StartFollowUpsActivity(TablePlanStore plans, RunStarter starter, ILogger<StartFollowUpsActivity> logger)
{
    [Function(nameof(StartFollowUpsActivity))]
    public async Task<StartFollowUpsOutput> RunAsync(
        [ActivityTrigger] StartFollowUpsInput input,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var (tenantId, runId) = (input.Run.TenantId, input.Run.RunId);
        if (input.Depth > PlanRules.MaxChainLength)
        {
            LogChainEnds(tenantId.Value, runId.Value, PlanRules.MaxChainLength);
            return new StartFollowUpsOutput([]);
        }

        var started = new List<RunId>();
        foreach (var planId in input.Plans)
        {
            if (await plans.FindAsync(tenantId, planId, cancellationToken) is not { Plan: { IsPaused: false } plan })
            {
                LogLeftOut(tenantId.Value, runId.Value, planId.Value);
                continue;
            }

            var request = new RunRequest
            {
                Plan = plan,
                SlotUtc = input.SlotUtc,
                Trigger = new RunTrigger(RunTriggerKind.Run, runId.Value),
                Depth = input.Depth,
            };
            var result = await starter.StartAsync(client, request, cancellationToken);
            if (result.Outcome is StartOutcome.Refused or StartOutcome.Skipped)
            {
                LogNotStarted(tenantId.Value, runId.Value, planId.Value, result.Reason);
                continue;
            }

            started.Add(result.RunId);
        }

        return new StartFollowUpsOutput(started);
    }

    [LoggerMessage(LogLevel.Warning, "{TenantId} {RunId}: nothing is started after it: {MaxLength} runs stand before it in the chain.")]
    private partial void LogChainEnds(string tenantId, string runId, int maxLength);

    [LoggerMessage(LogLevel.Warning, "{TenantId} {RunId}: its follower {PlanId} was not started: {Reason}")]
    private partial void LogNotStarted(string tenantId, string runId, string planId, string? reason);

    [LoggerMessage(LogLevel.Warning, "{TenantId} {RunId}: its follower {PlanId} is not started: the plan is gone or paused.")]
    private partial void LogLeftOut(string tenantId, string runId, string planId);
}
