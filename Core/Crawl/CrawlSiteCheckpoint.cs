using Marketline.Core.Plans;
using Marketline.Core.Runs;

namespace Marketline.Core.Crawl;

/// <summary>Input of a site's sub-orchestration; carried on when it continues as new.</summary>
public sealed record CrawlSiteCheckpoint
{
    public int SchemaVersion { get; init; } = 1;

    public required RunRef Run { get; init; }

    public required PlanSite Site { get; init; }

    public required int FirstBatch { get; init; }

    public required int BatchCount { get; init; }

    public required int BatchSize { get; init; }

    public required long TargetCount { get; init; }

    /// <summary>The batch to go on with, counted from 0 within the site.</summary>
    public int NextBatch { get; init; }

    /// <summary>The segment of that batch to go on with.</summary>
    public int NextSegment { get; init; }

    /// <summary>What the run may take; null: as much as there is.</summary>
    public RunBudget? Budget { get; init; }

    public CrawlSiteOutput Totals { get; init; } = new();

    /// <summary>Set when the site's batches are taken from another run.</summary>
    public RerunSource? Rerun { get; init; }
}
