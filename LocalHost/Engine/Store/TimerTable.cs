using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>Durable timers and delayed starts. Only those that are due are ever loaded.</summary>
internal sealed class TimerTable(SqliteConnection connection)
{
    private const int StartTaskId = -1;

    public void Add(InstanceRow caller, TimerCreated timer) => Insert(caller.Key, caller.Execution, timer.TaskId, timer.FireAt);

    public void AddStart(long instance, DateTime due, ExecutionStarted start) =>
        Insert(instance, start.Execution, StartTaskId, due, start);

    /// <summary>Takes the next timers that are due.</summary>
    public List<DueTimer> TakeDue(DateTime now, int count)
    {
        var due = connection
            .Statement("SELECT instance, execution, task_id, event FROM timers WHERE due <= ? ORDER BY due, instance, task_id LIMIT ?")
            .Bind(now.Ticks)
            .Bind(count)
            .Query(row => new DueTimer(
                row.Int64(0),
                row.Int32(1),
                row.Int32(2),
                row.IsNull(3) ? new TimerFired(row.Int32(2)) : HistoryJson.ReadOne(row.Bytes(3))));
        due.ForEach(timer => Delete(timer.Instance, timer.Execution, timer.TaskId));
        return due;
    }

    public long? NextDue() => connection.Statement("SELECT min(due) FROM timers").ExecuteScalar();

    public void Delete(long instance, int execution, int taskId) => connection
        .Statement("DELETE FROM timers WHERE instance = ? AND execution = ? AND task_id = ?")
        .Bind(instance).Bind(execution).Bind(taskId).Execute();

    public void DeleteAll(long instance) => connection
        .Statement("DELETE FROM timers WHERE instance = ?").Bind(instance).Execute();

    private void Insert(long instance, int execution, int taskId, DateTime due, HistoryEvent? historyEvent = null)
    {
        var insert = connection
            .Statement("INSERT INTO timers (instance, execution, task_id, due, event) VALUES (?, ?, ?, ?, ?)")
            .Bind(instance).Bind(execution).Bind(taskId).Bind(due.Ticks);
        _ = historyEvent is null ? insert.Bind((string?)null) : insert.Bind(HistoryJson.Write(historyEvent));
        insert.Execute();
    }
}
