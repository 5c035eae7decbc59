using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>Messages that their instances have not taken in yet.</summary>
internal sealed class InboxTable(SqliteConnection connection)
{
    private readonly SqliteStatement _insert = connection.Statement("INSERT INTO inbox (instance, seq, execution, event) VALUES (?, ?, ?, ?)");

    private readonly SqliteStatement _deleteUpTo = connection.Statement("DELETE FROM inbox WHERE instance = ? AND seq <= ?");

    private readonly SqliteStatement _deleteAll = connection.Statement("DELETE FROM inbox WHERE instance = ?");

    private long _nextSeq = 1 + Math.Max(connection.Statement("SELECT max(seq) FROM inbox").ExecuteScalar() ?? 0, 0);

    /// <summary>Adds a message behind all others.</summary>
    public InboxMessage Add(long instance, int execution, HistoryEvent historyEvent) =>
        Add(instance, execution, historyEvent, HistoryJson.Write(historyEvent));

    public InboxMessage Add(long instance, int execution, HistoryEvent historyEvent, byte[] json)
    {
        var message = new InboxMessage(instance, _nextSeq++, execution, historyEvent);
        Insert(message, json);
        return message;
    }

    /// <summary>
    /// Adds messages before those that already wait. The numbers below zero are free: an instance's first turn takes in all
    /// that it was given this way.
    /// </summary>
    public List<InboxMessage> AddInFront(long instance, IReadOnlyList<HistoryEvent> events, int execution)
    {
        var messages = events
            .Select((historyEvent, index) => new InboxMessage(
                instance,
                index - events.Count,
                historyEvent is ExecutionStarted ? execution : InboxMessage.AnyExecution,
                historyEvent))
            .ToList();
        messages.ForEach(message => Insert(message, HistoryJson.Write(message.Event!)));
        return messages;
    }

    public List<InboxMessage> Of(long instance, long afterSeq) => connection
        .Statement("SELECT instance, seq, execution, event FROM inbox WHERE instance = ? AND seq > ? ORDER BY seq")
        .Bind(instance).Bind(afterSeq).Query(Read);

    public List<InboxMessage> All() => connection
        .Statement("SELECT instance, seq, execution, event FROM inbox ORDER BY instance, seq").Query(Read);

    public void DeleteUpTo(long instance, long seq) => _deleteUpTo.Bind(instance).Bind(seq).Execute();

    public void DeleteAll(long instance) => _deleteAll.Bind(instance).Execute();

    private static InboxMessage Read(SqliteStatement row) =>
        new(row.Int64(0), row.Int64(1), row.Int32(2), HistoryJson.ReadOne(row.Bytes(3)));

    private void Insert(InboxMessage message, byte[] json) => _insert
        .Bind(message.Instance).Bind(message.Seq).Bind(message.Execution).Bind(json).Execute();
}
