using Marketline.Core.Naming;
using Marketline.Core.Plans;

namespace Marketline.Core.Runs;

/// <summary>One execution of a plan, asked for by a schedule, a person or another run.</summary>
public sealed record RunRequest
{
    public required Plan Plan { get; init; }

    /// <summary>From the plan's cursor for a schedule, the current second for a person.</summary>
    public required DateTimeOffset SlotUtc { get; init; }

    public required RunTrigger Trigger { get; init; }

    /// <summary>0 (first) to 9 (last) among the tenant's waiting runs.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>Null: a schedule's run is skipped, any other one is queued.</summary>
    public OverlapPolicy? Overlap { get; init; }

    /// <summary>What the tenant calls the request: in the run's row and its logs.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>The run that is repeated.</summary>
    public RunId? RerunOf { get; init; }

    /// <summary>See <see cref="RunId.RerunNumber"/>.</summary>
    public int RerunNumber { get; init; }

    /// <summary>Set when a rerun does not begin at the beginning; <see cref="Plan"/> then has the sites and limits of the repeated run.</summary>
    public RerunSource? Rerun { get; init; }

    /// <summary>How many runs stand before it in a chain of followers.</summary>
    public int Depth { get; init; }
}
