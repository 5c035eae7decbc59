using System.Globalization;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Platforms;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Plans;

/// <summary>
/// Checks, stores, pauses and deletes a tenant's plans. A plan's tag is that of what a person has written: the cursor and the
/// notes, which move by themselves, do not change it.
/// </summary>
public sealed class PlanDesk(TablePlanStore plans, PlanWriter writer, PlatformConnectors connectors, TimeProvider time)
{
    internal static string TagOf(Plan plan) => Answers.TagOf(plan with { NextDueUtc = null, LastSkip = null });

    internal async Task<(VersionedPlan? Plan, IResult? Problem)> FindAsync(TenantId tenantId, string planId, CancellationToken cancellationToken)
    {
        var found = PlanId.TryParse(planId, out var id) ? await plans.FindAsync(tenantId, id, cancellationToken) : null;
        return found is null ? (null, NotFound(planId)) : (found, null);
    }

    /// <returns>The plan, or the problem with each field.</returns>
    internal (Plan? Plan, IResult? Problem) Check(NewPlan? sent, TenantId tenantId, string planId)
    {
        if (!PlanId.TryParse(planId, out var id))
        {
            return (null, Problems.Field("planId", "1 to 24 of a-z and 0-9 are expected."));
        }

        if (sent is null)
        {
            return (null, Problems.Of(400, "The body is empty.", "Send the plan as JSON: platform, kind, sites."));
        }

        var plan = sent.ToPlan(tenantId, id);
        var problems = PlanRules.Check(plan, connectors.Platforms, time.GetUtcNow()).ToDictionary();
        for (var i = 0; i < Math.Min(plan.Sites?.Count ?? 0, PlanSiteRules.MaxSiteCount); i++)
        {
            SelectorProblems.Add(plan.Sites![i]?.Selectors, string.Create(CultureInfo.InvariantCulture, $"sites[{i}].selectors"), problems);
        }

        return problems.Count > 0 ? (null, Problems.Invalid(problems)) : (plan, null);
    }

    internal async Task<IResult> StoreAsync(HttpRequest request, Plan plan, CancellationToken cancellationToken)
    {
        var existing = await plans.FindAsync(plan.TenantId, plan.PlanId, cancellationToken);
        var refusal = Answers.Precondition(request, existing is null ? null : TagOf(existing.Plan));
        return refusal ?? await WriteAsync(request, plan, existing, cancellationToken);
    }

    internal async Task<IResult> PauseAsync(HttpRequest request, TenantId tenantId, string planId, bool isPaused, CancellationToken cancellationToken)
    {
        var (found, problem) = await FindAsync(tenantId, planId, cancellationToken);
        return found is null
            ? problem!
            : Answers.Precondition(request, TagOf(found.Plan))
                ?? await WriteAsync(request, found.Plan with { IsPaused = isPaused }, found, cancellationToken);
    }

    internal async Task<IResult> RemoveAsync(HttpRequest request, TenantId tenantId, string planId, CancellationToken cancellationToken)
    {
        var (found, problem) = await FindAsync(tenantId, planId, cancellationToken);
        if (found is null)
        {
            return problem!;
        }

        return Answers.Precondition(request, TagOf(found.Plan))
            ?? (await writer.RemoveAsync(found, cancellationToken) ? Results.NoContent() : Changed());
    }

    private async Task<IResult> WriteAsync(HttpRequest request, Plan plan, VersionedPlan? existing, CancellationToken cancellationToken)
    {
        var stored = await writer.WriteAsync(plan, existing, cancellationToken);
        return stored is null ? Changed() : Answers.Json(request, stored.Plan, TagOf(stored.Plan), existing is null ? 201 : 200);
    }

    private static IResult Changed() => Problems.Conflict("The plan was changed by somebody else.", "Read it again and repeat the change.");

    private static IResult NotFound(string planId) =>
        Problems.NotFound($"The plan '{planId}'", "GET /api/plans lists the plans; PUT /api/plans/{id} makes one.");
}
