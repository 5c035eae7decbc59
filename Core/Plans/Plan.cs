using System.Text.Json.Serialization;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Core.Plans;

/// <summary>What a tenant wants collected: one platform, one kind, its sites, when and within which limits.</summary>
public sealed record Plan
{
    public const int CurrentSchemaVersion = 2;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required TenantId TenantId { get; init; }

    public required PlanId PlanId { get; init; }

    public required string Platform { get; init; }

    public required CrawlKind Kind { get; init; }

    public required IReadOnlyList<PlanSite> Sites { get; init; }

    /// <summary>Null: only on demand.</summary>
    [JsonConverter(typeof(PlanScheduleJsonConverter))]
    public PlanSchedule? Schedule { get; init; }

    public PlanLimits Limits { get; init; } = new();

    /// <summary>The plans whose runs are started when a run of this one has completed.</summary>
    public IReadOnlyList<PlanId> Then { get; init; } = [];

    public bool IsPaused { get; init; }

    /// <summary>The cursor: the slot that is to run next. Null when nothing is scheduled.</summary>
    public DateTimeOffset? NextDueUtc { get; init; }

    /// <summary>The last slots that did not run, and why.</summary>
    public ScheduleSkip? LastSkip { get; init; }
}
