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
}
