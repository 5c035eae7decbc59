using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>What the engine itself needs to know of an instance.</summary>
internal sealed record InstanceRow
{
    public const string Columns =
        "key, id, name, version, status, execution, turns, started, parent, parent_execution, parent_task, trace_parent";

    public required long Key { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required OrchestrationRuntimeStatus Status { get; init; }

    public required int Execution { get; init; }

    public required int Turns { get; init; }

    public required bool HasStarted { get; init; }

    public required long? Parent { get; init; }

    public required int? ParentExecution { get; init; }

    public required int? ParentTask { get; init; }

    public required string? TraceParent { get; init; }

    public bool HasEnded => Status.HasEnded();

    public static InstanceRow Read(SqliteStatement row) => new()
    {
        Key = row.Int64(0),
        Id = row.Text(1),
        Name = row.Text(2),
        Version = row.Text(3),
        Status = (OrchestrationRuntimeStatus)row.Int32(4),
        Execution = row.Int32(5),
        Turns = row.Int32(6),
        HasStarted = row.Int64(7) != 0,
        Parent = row.IsNull(8) ? null : row.Int64(8),
        ParentExecution = row.IsNull(9) ? null : row.Int32(9),
        ParentTask = row.IsNull(10) ? null : row.Int32(10),
        TraceParent = row.TextOrNull(11),
    };
}
