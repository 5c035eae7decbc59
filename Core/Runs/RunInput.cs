using Marketline.Core.Plans;

namespace Marketline.Core.Runs;

/// <summary>
/// Input of a run's orchestration. It carries the plan as it was when the run started, so that the run needs no table.
/// </summary>
public sealed record RunInput
{
    public int SchemaVersion { get; init; } = 1;

    public required RunRef Run { get; init; }

    public required IReadOnlyList<PlanSite> Sites { get; init; }

    public required PlanLimits Limits { get; init; }

    public string? RerunOf { get; init; }
}
