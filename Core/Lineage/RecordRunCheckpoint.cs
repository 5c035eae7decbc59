using Marketline.Core.Runs;

namespace Marketline.Core.Lineage;

/// <summary>Input of a run's record keeping: which batches' lineage to write, then whether to close the run's row.</summary>
public sealed record RecordRunCheckpoint
{
    public int SchemaVersion { get; init; } = 1;

    public required RunRef Run { get; init; }

    public IReadOnlyList<BatchRange> Batches { get; init; } = [];

    /// <summary>Set in the record that closes the run.</summary>
    public RunSummary? Summary { get; init; }

    public long RowCount { get; init; }

    /// <summary>The batches are those whose outcome blobs are there: lineage that is written again.</summary>
    public bool IsAgain { get; init; }
}
