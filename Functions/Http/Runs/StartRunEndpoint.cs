using System.ComponentModel.DataAnnotations;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>Starts a plan now. The slot is the current second, so that a request sent twice in it starts one run.</summary>
public sealed class StartRunEndpoint(TablePlanStore plans, RunStarter starter, TimeProvider time)
{
    [Function(nameof(StartRunEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Start a plan now", Body = typeof(NewRun), Answer = typeof(StartedRun), Status = 202, Problems = [404])]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadFromJsonAsync<NewRun>(JsonFormat.Options, cancellationToken);
        if (!PlanId.TryParse(body?.PlanId, out var planId))
        {
            return Problems.Of(400, "planId is missing or no plan id.", "Send {\"planId\": \"…\"} with one of GET /api/plans.");
        }

        var found = await plans.FindAsync(request.TenantId(), planId, cancellationToken);
        if (found is null)
        {
            return Problems.NotFound($"The plan '{planId}'", "GET /api/plans lists the plans; PUT /api/plans/{id} makes one.");
        }

        var run = new RunRequest
        {
            Plan = found.Plan,
            SlotUtc = time.GetUtcNow(),
            Trigger = new RunTrigger(RunTriggerKind.Request, request.Caller().Id),
            CorrelationId = request.HttpContext.CorrelationId(),
        };
        var result = await starter.StartAsync(client, run, cancellationToken);
        return StartedRun.Answer(result);
    }

    /// <summary>Which plan is to run.</summary>
    private sealed record NewRun([Required] string? PlanId);
}
