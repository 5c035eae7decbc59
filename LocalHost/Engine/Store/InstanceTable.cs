using Marketline.LocalHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>One row per instance: where it stands, and what came of it.</summary>
internal sealed class InstanceTable(SqliteConnection connection)
{
    private readonly SqliteStatement _byKey = connection.Statement($"SELECT {InstanceRow.Columns} FROM instances WHERE key = ?");

    private readonly SqliteStatement _byId = connection.Statement($"SELECT {InstanceRow.Columns} FROM instances WHERE id = ?");

    private readonly SqliteStatement _children = connection.Statement($"SELECT {InstanceRow.Columns} FROM instances WHERE parent = ?");

    private readonly SqliteStatement _isAlive = connection.Statement(
        $"SELECT 1 FROM instances WHERE key = ? AND execution = ? AND status NOT IN {RuntimeStatusExtensions.EndedSql}");

    private readonly SqliteStatement _insert = connection.Statement(
        """
        INSERT INTO instances (id, name, version, status, created, updated, execution, turns, started,
            parent, parent_execution, parent_task, input, tags, trace_parent)
        VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?) RETURNING key
        """);

    private readonly SqliteStatement _endTurn = connection.Statement(
        "UPDATE instances SET status = ?, updated = ?, turns = turns + 1, started = 1 WHERE key = ?");

    public InstanceRow? Find(long key) => _byKey.Bind(key).Query(InstanceRow.Read).SingleOrDefault();

    public InstanceRow? Find(string id) => _byId.Bind(id).Query(InstanceRow.Read).SingleOrDefault();

    public List<InstanceRow> Children(long key) => _children.Bind(key).Query(InstanceRow.Read);

    public bool IsAlive(long key, int execution) => _isAlive.Bind(key).Bind(execution).ExecuteScalar() is not null;

    public long Insert(NewInstance instance, DateTime now) => _insert
        .Bind(instance.Id)
        .Bind(instance.Start.Name)
        .Bind(instance.Start.Version)
        .Bind((long)OrchestrationRuntimeStatus.Pending)
        .Bind(now.Ticks)
        .Bind(now.Ticks)
        .Bind(instance.Parent?.Key)
        .Bind(instance.Parent?.Execution)
        .Bind(instance.ParentTask)
        .Bind(instance.Start.Input)
        .Bind(instance.TagsJson)
        .Bind(instance.Start.TraceParent)
        .ExecuteScalar()!.Value;

    public void EndTurn(long key, OrchestrationRuntimeStatus status, DateTime now) =>
        _endTurn.Bind((long)status).Bind(now.Ticks).Bind(key).Execute();

    public void SetCustomStatus(long key, string? json) => connection
        .Statement("UPDATE instances SET custom_status = ? WHERE key = ?").Bind(json).Bind(key).Execute();

    public void SetEnd(long key, string? output, string? failureJson) => connection
        .Statement("UPDATE instances SET output = ?, failure = ? WHERE key = ?")
        .Bind(output).Bind(failureJson).Bind(key).Execute();

    public void StartOver(long key, ExecutionStarted next) => connection
        .Statement("UPDATE instances SET execution = ?, turns = 0, version = ?, input = ? WHERE key = ?")
        .Bind(next.Execution).Bind(next.Version).Bind(next.Input).Bind(key).Execute();

    public string? Input(long key) => connection
        .Statement("SELECT input FROM instances WHERE key = ?").Bind(key).Query(row => row.TextOrNull(0)).SingleOrDefault();

    public string? Tags(long key) => connection
        .Statement("SELECT tags FROM instances WHERE key = ?").Bind(key).Query(row => row.TextOrNull(0)).SingleOrDefault();

    public void Delete(long key) => connection.Statement("DELETE FROM instances WHERE key = ?").Bind(key).Execute();
}
