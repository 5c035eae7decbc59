using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>Activities that have no result yet: waiting or running.</summary>
internal sealed class TaskTable(SqliteConnection connection)
{
    private readonly SqliteStatement _insert = connection.Statement(
        "INSERT INTO tasks (seq, instance, execution, task_id, name, input, trace_parent) VALUES (?, ?, ?, ?, ?, ?, ?)");

    private readonly SqliteStatement _delete = connection.Statement("DELETE FROM tasks WHERE seq = ?");

    private readonly SqliteStatement _input = connection.Statement("SELECT input FROM tasks WHERE seq = ?");

    private long _nextSeq = 1 + (connection.Statement("SELECT max(seq) FROM tasks").ExecuteScalar() ?? 0);

    public PendingTask Add(InstanceRow caller, TaskScheduled call)
    {
        var seq = _nextSeq++;
        _insert
            .Bind(seq)
            .Bind(caller.Key)
            .Bind(caller.Execution)
            .Bind(call.TaskId)
            .Bind(call.Name)
            .Bind(call.Input)
            .Bind(call.TraceParent)
            .Execute();
        var isLong = call.Input?.Length > PendingTask.LongInput;
        return new PendingTask(
            seq, caller.Key, caller.Id, caller.Execution, call.TaskId, call.Name, isLong ? null : call.Input, isLong, call.TraceParent);
    }

    /// <summary>Deletes those whose instances were purged or replaced: nobody takes their results.</summary>
    public void DeleteOrphans() => connection
        .Statement("DELETE FROM tasks WHERE instance NOT IN (SELECT key FROM instances)").Execute();

    /// <summary>In the order in which they were called.</summary>
    public List<PendingTask> All() => connection
        .Statement(
            $"""
            SELECT t.seq, t.instance, i.id, t.execution, t.task_id, t.name,
                CASE WHEN length(t.input) > {PendingTask.LongInput} THEN NULL ELSE t.input END,
                coalesce(length(t.input) > {PendingTask.LongInput}, 0),
                t.trace_parent
            FROM tasks t JOIN instances i ON i.key = t.instance ORDER BY t.seq
            """)
        .Query(row => new PendingTask(
            row.Int64(0),
            row.Int64(1),
            row.Text(2),
            row.Int32(3),
            row.Int32(4),
            row.Text(5),
            row.TextOrNull(6),
            row.Int64(7) != 0,
            row.TextOrNull(8)));

    public string? Input(long seq) => _input.Bind(seq).Query(row => row.TextOrNull(0)).SingleOrDefault();

    /// <returns>False when it was done already.</returns>
    public bool Delete(long seq) => _delete.Bind(seq).Execute() == 1;
}
