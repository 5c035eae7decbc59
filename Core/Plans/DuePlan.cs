using Marketline.Core.Naming;

namespace Marketline.Core.Plans;

/// <summary>A slot in the index of due times.</summary>
/// <param name="DueUtc">The slot: what the plan's cursor has to say for it to run.</param>
/// <param name="StartUtc">When it is to run: later than the slot by the plan's jitter, or by failures to start it.</param>
public sealed record DuePlan(TenantId TenantId, PlanId PlanId, DateTimeOffset DueUtc, DateTimeOffset StartUtc)
{
    /// <summary>How often it could not be started.</summary>
    public int FailureCount { get; init; }

    /// <summary>Where it stands, if elsewhere than its start says.</summary>
    public string? Partition { get; init; }
}
