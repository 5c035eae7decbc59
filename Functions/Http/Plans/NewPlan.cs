using System.Text.Json.Serialization;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;

namespace Marketline.Functions.Http.Plans;

/// <summary>A plan as it is sent. Members that do not exist are refused, so that a slip of the pen is no missing limit.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewPlan
{
    public required string Platform { get; init; }

    public required CrawlKind Kind { get; init; }

    public required IReadOnlyList<PlanSite> Sites { get; init; }

    [JsonConverter(typeof(PlanScheduleJsonConverter))]
    public PlanSchedule? Schedule { get; init; }

    public PlanLimits? Limits { get; init; }

    /// <summary>The plans whose runs are started when a run of this one has completed.</summary>
    public IReadOnlyList<PlanId>? Then { get; init; }

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
            Then = Then ?? [],
            IsPaused = IsPaused,
        };
}
