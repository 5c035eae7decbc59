using Marketline.Core.Alerts;
using Marketline.Core.Naming;
using Marketline.Core.Plans;

namespace Marketline.Core.Runs;

/// <summary>What watching needs to know of a run that has not ended.</summary>
public sealed record WatchedRun
{
    public static readonly TimeSpan DefaultStuckAfter = TimeSpan.FromMinutes(15);

    /// <summary>By then whoever adds a run has added its row and its orchestration, or has died.</summary>
    public static readonly TimeSpan StartTime = TimeSpan.FromMinutes(1);

    public int SchemaVersion { get; init; } = 1;

    public required RunId RunId { get; init; }

    /// <summary>The task hub that executes the run.</summary>
    public required string TaskHub { get; init; }

    public required DateTimeOffset AddedUtc { get; init; }

    public DateTimeOffset? DeadlineUtc { get; init; }

    public int? StuckAfterSeconds { get; init; }

    /// <summary>Before then there is nothing to be seen.</summary>
    public required DateTimeOffset NextLookUtc { get; init; }

    /// <summary>What alerts the run has.</summary>
    public IReadOnlyList<AlertKind> OpenAlerts { get; init; } = [];

    public static WatchedRun Of(RunRecord row, Plan plan, DateTimeOffset nowUtc) =>
        new()
        {
            RunId = row.Run.RunId,
            TaskHub = row.TaskHub!,
            AddedUtc = nowUtc,
            DeadlineUtc = row.DeadlineUtc,
            StuckAfterSeconds = plan.Schedule?.StuckAfterSeconds,
            NextLookUtc = nowUtc + StartTime,
        };
}
