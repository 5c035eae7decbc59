using System.ComponentModel.DataAnnotations;

namespace Marketline.Analytics;

/// <summary>What an aggregation job may take. The defaults fit the smallest Flex Consumption instance (2 GB).</summary>
public sealed class AnalyticsOptions
{
    public const string SectionName = "Analytics";

    /// <summary>DuckDB's buffers; above it sorts and joins go to <see cref="TempDirectory"/>.</summary>
    [Range(256, 65_536)]
    public int MemoryLimitMegabytes { get; set; } = 512;

    [Range(1, 64)]
    public int ThreadCount { get; set; } = 1;

    [Required]
    public string TempDirectory { get; set; } = Path.Combine(Path.GetTempPath(), "marketline-analytics");

    /// <summary>A latest dataset with more rows is split by object key, and worked on one part at a time.</summary>
    [Range(1_000, 5_000_000)]
    public int MaxRowsPerFile { get; set; } = 500_000;
}
