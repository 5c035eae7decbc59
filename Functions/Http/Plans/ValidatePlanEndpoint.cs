using Marketline.Activities.Crawl;
using Marketline.Core.Json;
using Marketline.Core.Schedules;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Platforms;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>Checks a plan and stores nothing.</summary>
public sealed class ValidatePlanEndpoint(PlanDesk desk, PlatformConnectors connectors, SiteAccess access, TimeProvider time)
{
    [Function(nameof(ValidatePlanEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "Check a plan", Description = "Stores nothing; tells when it would run next.", Body = typeof(NewPlan), Answer = typeof(PlanCheck))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/plan-checks")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var sent = await request.ReadFromJsonAsync<NewPlan>(JsonFormat.Options, cancellationToken);
        var (plan, problem) = desk.Check(sent, request.TenantId(), "check");
        if (plan is null)
        {
            return problem!;
        }

        var (_, refusal) = await access.OpenAsync(plan.TenantId, connectors.Get(plan.Platform), plan.Kind, cancellationToken);
        return Results.Json(new PlanCheck(PlanSlots.Upcoming(plan, time.GetUtcNow(), SlotCount), refusal), JsonFormat.Options);
    }

    private const int SlotCount = 5;

    /// <summary>A plan that could be stored as it is.</summary>
    /// <param name="NextSlotsUtc">The next slots of its schedule; empty without one.</param>
    /// <param name="Refusal">Why its runs would collect nothing as long as the operator changes nothing; absent when they may.</param>
    private sealed record PlanCheck(IReadOnlyList<DateTimeOffset> NextSlotsUtc, string? Refusal);
}
