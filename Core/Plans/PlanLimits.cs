using System.ComponentModel.DataAnnotations;

namespace Marketline.Core.Plans;

/// <summary>How much a run of a plan may take.</summary>
public sealed record PlanLimits
{
    /// <summary>URLs in a batch, 50 to 200: fewer make history grow, more make a repeated activity dear.</summary>
    [Range(50, 200)]
    public int BatchSize { get; init; } = 200;

    /// <summary>Sites crawled side by side; each has one batch in flight.</summary>
    [Range(1, 32)]
    public int MaxParallelSites { get; init; } = 8;

    /// <summary>URLs a site's planning stops at.</summary>
    [Range(1, 5_000_000)]
    public int MaxTargetsPerSite { get; init; } = 1_000_000;

    /// <summary>Pages a run may fetch, over all its sites; null: no bound.</summary>
    [Range(1, 100_000_000)]
    public int? MaxPages { get; init; }

    /// <summary>Megabytes of bodies, decompressed, that a run may fetch; null: no bound.</summary>
    [Range(1, 10_000_000)]
    public int? MaxMegabytes { get; init; }

    /// <summary>Pages that may fail before a run fetches no more; null: no bound.</summary>
    [Range(1, 100_000_000)]
    public int? MaxErrors { get; init; }

    /// <summary>Minutes that a run may fetch for; null: no bound.</summary>
    [Range(1, 10_080)]
    public int? MaxMinutes { get; init; }
}
