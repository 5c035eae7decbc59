using Marketline.Core.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Platforms;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>Creates or replaces a plan. Its next slot is put into the schedule before the plan refers to it.</summary>
public sealed class PutPlanEndpoint(
    TablePlanStore plans,
    TableScheduleStore schedule,
    PlatformConnectors connectors,
    TimeProvider time
)
{
    [Function(nameof(PutPlanEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Create or replace a plan", Body = typeof(NewPlan), Answer = typeof(Plan))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/plans/{planId}")] HttpRequest request,
        string planId,
        CancellationToken cancellationToken
    )
    {
        if (!PlanId.TryParse(planId, out var id))
        {
            return Problems.Of(400, $"'{planId}' is not a plan id.", "1 to 24 of a-z and 0-9 are expected.");
        }

        var body = await request.ReadFromJsonAsync<NewPlan>(JsonFormat.Options, cancellationToken);
        if (body is null)
        {
            return Problems.Of(400, "The body is empty.", "Send the plan as JSON: platform, kind, sites.");
        }

        var plan = body.ToPlan(request.TenantId(), id);
        var problems = PlanRules.Check(plan, connectors.Platforms);
        return problems.Count > 0 ? Problems.Invalid(problems) : await StoreAsync(plan, cancellationToken);
    }

    private async Task<IResult> StoreAsync(Plan plan, CancellationToken cancellationToken)
    {
        var next = plan.Schedule is null ? null : PlanSchedule.TryParse(plan.Schedule)?.Next(time.GetUtcNow());
        plan = plan with { NextDueUtc = next };
        if (next is { } nextUtc)
        {
            await schedule.AddAsync(new DuePlan(plan.TenantId, plan.PlanId, nextUtc), cancellationToken);
        }

        var existing = await plans.FindAsync(plan.TenantId, plan.PlanId, cancellationToken);
        if (!await plans.TryWriteAsync(plan, existing?.ETag, cancellationToken))
        {
            return Problems.Conflict("The plan was changed by somebody else.", "Read it again and repeat the change.");
        }

        return Results.Json(plan, JsonFormat.Options, statusCode: existing is null ? 201 : 200);
    }

    private sealed record NewPlan
    {
        public required string Platform { get; init; }

        public required CrawlKind Kind { get; init; }

        public required IReadOnlyList<PlanSite> Sites { get; init; }

        public string? Schedule { get; init; }

        public PlanLimits? Limits { get; init; }

        public bool IsPaused { get; init; }

        public Plan ToPlan(TenantId tenantId, PlanId planId) =>
            new()
            {
                TenantId = tenantId,
                PlanId = planId,
                Platform = Platform,
                Kind = Kind,
                Sites = Sites,
                Schedule = Schedule,
                Limits = Limits ?? new PlanLimits(),
                IsPaused = IsPaused,
            };
    }
}
