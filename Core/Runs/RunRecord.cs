using Marketline.Core.Aggregate;

namespace Marketline.Core.Runs;

/// <summary>A run as the runs table knows it: what lists and the API show.</summary>
public sealed record RunRecord
{
    public const int CurrentSchemaVersion = 1;

    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    public required RunRef Run { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>The task hub that executes the run: the one whose worker added this row.</summary>
    public string? TaskHub { get; init; }

    public RunTrigger Trigger { get; init; } = RunTrigger.Schedule;

    /// <summary>0 (first) to 9 (last) among the tenant's waiting runs.</summary>
    public int Priority { get; init; } = 5;

    /// <summary>What the tenant called the request that started the run.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>When the run should be done; an alert is raised while it goes on beyond.</summary>
    public DateTimeOffset? DeadlineUtc { get; init; }

    /// <summary>The run that this one repeats.</summary>
    public string? RerunOf { get; init; }

    public DateTimeOffset? StartedUtc { get; init; }

    public DateTimeOffset? FinishedUtc { get; init; }

    public long PageCount { get; init; }

    public int BatchCount { get; init; }

    public ObjectCounts Objects { get; init; } = ObjectCounts.None;

    public IReadOnlyList<DatasetWrite> Datasets { get; init; } = [];

    /// <summary>What went wrong with sites and batches, in words; at most 20 lines.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Rows in the lineage table; final once <see cref="IsLineageComplete"/>.</summary>
    public long LineageRowCount { get; init; }

    public bool IsLineageComplete { get; init; }
}
