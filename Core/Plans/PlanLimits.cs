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
}
