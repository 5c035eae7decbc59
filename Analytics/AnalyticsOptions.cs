using System.ComponentModel.DataAnnotations;

namespace Marketline.Analytics;

/// <summary>What aggregation jobs and queries may take. The defaults fit the smallest Flex Consumption instance (2 GB).</summary>
public sealed class AnalyticsOptions
{
    public const string SectionName = "Analytics";

    /// <summary>DuckDB's buffers; above it sorts and joins go to <see cref="TempDirectory"/>.</summary>
    [Range(256, 65_536)]
    public int MemoryLimitMegabytes { get; set; } = 512;

    /// <summary>The same for each of the five queries that a worker answers at a time.</summary>
    [Range(64, 65_536)]
    public int QueryMemoryLimitMegabytes { get; set; } = 128;

    /// <summary>What a page of rows, or the first row of a download, may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:03:00")]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What a whole download may take, however slowly the caller reads.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan DownloadTimeout { get; set; } = TimeSpan.FromMinutes(10);

    [Range(1, 64)]
    public int ThreadCount { get; set; } = 1;

    [Required]
    public string TempDirectory { get; set; } = Path.Combine(Path.GetTempPath(), "marketline-analytics");

    /// <summary>A latest dataset with more rows is split by object key, and worked on one part at a time.</summary>
    [Range(1_000, 5_000_000)]
    public int MaxRowsPerFile { get; set; } = 500_000;
}
