using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Core.Plans;

/// <summary>What a tenant wants collected: one platform, one kind, its sites, when and within which limits.</summary>
public sealed record Plan
{
    public const int CurrentSchemaVersion = 1;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required TenantId TenantId { get; init; }

    public required PlanId PlanId { get; init; }

    public required string Platform { get; init; }

    public required CrawlKind Kind { get; init; }

    public required IReadOnlyList<PlanSite> Sites { get; init; }

    /// <summary>NCrontab with five or six fields (the first of six: seconds), in UTC; null: only on demand.</summary>
    public string? Schedule { get; init; }

    public PlanLimits Limits { get; init; } = new();

    public bool IsPaused { get; init; }

    /// <summary>The cursor: the slot that is to run next. Null when nothing is scheduled.</summary>
    public DateTimeOffset? NextDueUtc { get; init; }
}
