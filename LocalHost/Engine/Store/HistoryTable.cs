using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>Histories, one row per turn.</summary>
internal sealed class HistoryTable(SqliteConnection connection)
{
    private readonly SqliteStatement _append = connection.Statement("INSERT INTO history (instance, turn, events) VALUES (?, ?, ?)");

    private readonly SqliteStatement _select = connection.Statement("SELECT events FROM history WHERE instance = ? ORDER BY turn");

    private readonly SqliteStatement _delete = connection.Statement("DELETE FROM history WHERE instance = ?");

    /// <param name="instance">The instance's key.</param>
    /// <param name="turn">Counted from 0 in each execution.</param>
    /// <param name="json">The turn's events as written by <see cref="HistoryJson"/>.</param>
    public void Append(long instance, int turn, ReadOnlySpan<byte> json) => _append.Bind(instance).Bind(turn).Bind(json).Execute();

    public List<HistoryEvent> Of(long instance) => _select
        .Bind(instance).Query(row => HistoryJson.Read(row.Bytes(0))).SelectMany(turn => turn).ToList();

    public void Delete(long instance) => _delete.Bind(instance).Execute();
}
