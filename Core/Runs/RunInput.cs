using Marketline.Core.Naming;
using Marketline.Core.Plans;

namespace Marketline.Core.Runs;

/// <summary>
/// Input of a run's orchestration. It carries the plan as it was when the run started, so that the run needs no table.
/// </summary>
public sealed record RunInput
{
    /// <summary>From this one on a run notes at its end which pages it has read. One that began before goes on as it began.</summary>
    public const int RemembersPages = 2;

    public int SchemaVersion { get; init; } = RemembersPages;

    public required RunRef Run { get; init; }

    public required IReadOnlyList<PlanSite> Sites { get; init; }

    public required PlanLimits Limits { get; init; }

    public string? RerunOf { get; init; }

    /// <summary>Set when a rerun does not begin at the beginning.</summary>
    public RerunSource? Rerun { get; init; }

    /// <summary>The plans whose runs are started when this one has completed.</summary>
    public IReadOnlyList<PlanId> Then { get; init; } = [];

    /// <summary>How many runs stand before this one in a chain of followers.</summary>
    public int Depth { get; init; }
}
