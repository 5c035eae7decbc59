using Marketline.Core.Aggregate;

namespace Marketline.Core.Runs;

/// <summary>A run's result: the output of its orchestration, and what the run's row is closed with.</summary>
public sealed record RunSummary
{
    public int SchemaVersion { get; init; } = 1;

    public required RunStatus Status { get; init; }

    public required DateTimeOffset StartedUtc { get; init; }

    public required DateTimeOffset FinishedUtc { get; init; }

    public long PageCount { get; init; }

    public int BatchCount { get; init; }

    public ObjectCounts Objects { get; init; } = ObjectCounts.None;

    public IReadOnlyList<DatasetWrite> Datasets { get; init; } = [];

    public IReadOnlyList<string> Problems { get; init; } = [];
}
