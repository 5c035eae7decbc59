using Marketline.Core.Aggregate;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Functions.Http.Runs;

/// <summary>A run as the API shows it.</summary>
internal sealed record RunView
{
    public required RunId RunId { get; init; }
    public required TenantId TenantId { get; init; }
    public required PlanId PlanId { get; init; }
    public required string Platform { get; init; }
    public required CrawlKind Kind { get; init; }
    public required RunStatus Status { get; init; }
    public required RunTrigger Trigger { get; init; }
    public int Priority { get; init; }
    public string? CorrelationId { get; init; }
    public DateTimeOffset? DeadlineUtc { get; init; }
    public string? RerunOf { get; init; }
    public required DateTimeOffset ScheduledUtc { get; init; }
    public DateTimeOffset? StartedUtc { get; init; }
    public DateTimeOffset? FinishedUtc { get; init; }
    public long PageCount { get; init; }
    public int BatchCount { get; init; }
    public required ObjectCounts Objects { get; init; }
    public required IReadOnlyList<DatasetWrite> Datasets { get; init; }
    public required IReadOnlyList<string> Problems { get; init; }
    public long LineageRowCount { get; init; }
    public bool IsLineageComplete { get; init; }

    /// <summary>While the run goes on.</summary>
    public ProgressView? Progress { get; init; }

    public static RunView Of(RunRecord record) =>
        new()
        {
            RunId = record.Run.RunId,
            TenantId = record.Run.TenantId,
            PlanId = record.Run.RunId.PlanId,
            Platform = record.Run.Platform,
            Kind = record.Run.Kind,
            Status = record.Status,
            Trigger = record.Trigger,
            Priority = record.Priority,
            CorrelationId = record.CorrelationId,
            DeadlineUtc = record.DeadlineUtc,
            RerunOf = record.RerunOf,
            ScheduledUtc = record.Run.RunId.ScheduledUtc,
            StartedUtc = record.StartedUtc,
            FinishedUtc = record.FinishedUtc,
            PageCount = record.PageCount,
            BatchCount = record.BatchCount,
            Objects = record.Objects,
            Datasets = record.Datasets,
            Problems = record.Problems,
            LineageRowCount = record.LineageRowCount,
            IsLineageComplete = record.IsLineageComplete,
        };
}
