using Marketline.Core.Aggregate;
using Marketline.Core.Runs;

namespace Marketline.LocalHost.Cli.Api;

/// <summary>What the CLI reads of <c>GET /api/runs/{runId}</c>.</summary>
internal sealed record RunState
{
    public required string RunId { get; init; }
    public required string TenantId { get; init; }
    public required string Platform { get; init; }
    public required string Kind { get; init; }
    public required RunStatus Status { get; init; }
    public DateTimeOffset? StartedUtc { get; init; }
    public DateTimeOffset? FinishedUtc { get; init; }
    public long PageCount { get; init; }
    public int BatchCount { get; init; }
    public required ObjectCounts Objects { get; init; }
    public required IReadOnlyList<DatasetWrite> Datasets { get; init; }
    public required IReadOnlyList<string> Problems { get; init; }
    public long LineageRowCount { get; init; }
    public bool IsLineageComplete { get; init; }
    public RunProgressState? Progress { get; init; }

    public bool IsOver => Status is not (RunStatus.Queued or RunStatus.Scheduled or RunStatus.Running or RunStatus.Suspended);
}
