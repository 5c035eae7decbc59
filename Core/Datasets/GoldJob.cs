namespace Marketline.Core.Datasets;

/// <summary>What aggregation of one run (tenant, platform) works on: local files only.</summary>
public sealed record GoldJob
{
    public required string RunId { get; init; }

    /// <summary>The run's scheduled UTC date.</summary>
    public required DateOnly Dt { get; init; }

    /// <summary>The run's clean batches, all of one kind (offers or reviews).</summary>
    public required IReadOnlyList<CleanBatchFile> Batches { get; init; }

    /// <summary>
    /// The files of this platform's latest dataset that the manifest names as current; empty on the first run. Never ones
    /// that this run wrote: a second attempt of the same run works on the version before it.
    /// </summary>
    public required IReadOnlyList<string> PreviousFiles { get; init; }

    /// <summary>The current <c>latest_offers</c> files of the tenant's other platforms, which the price index spans as well.</summary>
    public IReadOnlyList<string> OtherPlatformFiles { get; init; } = [];

    /// <summary>An existing, empty folder that the results are written to.</summary>
    public required string WorkFolder { get; init; }
}
