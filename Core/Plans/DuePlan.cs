using Marketline.Core.Naming;

namespace Marketline.Core.Plans;

/// <summary>A slot of the schedule that has come.</summary>
public sealed record DuePlan(TenantId TenantId, PlanId PlanId, DateTimeOffset DueUtc);
