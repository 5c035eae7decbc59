using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Core.Runs;

/// <summary>Which runs of a tenant a list holds. What is null or empty does not matter.</summary>
/// <param name="From">The first UTC date of the slots.</param>
/// <param name="To">The last one.</param>
public sealed record RunFilter(DateOnly From, DateOnly To)
{
    public IReadOnlyList<RunStatus> Statuses { get; init; } = [];

    public PlanId? PlanId { get; init; }

    public string? Platform { get; init; }

    public CrawlKind? Kind { get; init; }

    public RunTriggerKind? Trigger { get; init; }

    public bool Fits(RunRecord run) =>
        (Statuses.Count == 0 || Statuses.Contains(run.Status))
        && (PlanId is null || run.Run.RunId.PlanId == PlanId)
        && (Platform is null || run.Run.Platform == Platform)
        && (Kind is null || run.Run.Kind == Kind)
        && (Trigger is null || run.Trigger.Kind == Trigger);
}
