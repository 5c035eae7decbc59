using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>Histories, one row per turn.</summary>
internal sealed class HistoryTable(SqliteConnection connection)
{
    public void Append(long instance, int turn, IReadOnlyList<HistoryEvent> events) => connection
        .Statement("INSERT INTO history (instance, turn, events) VALUES (?, ?, ?)")
        .Bind(instance).Bind(turn).Bind(HistoryJson.Write(events)).Execute();

    public List<HistoryEvent> Of(long instance) => connection
        .Statement("SELECT events FROM history WHERE instance = ? ORDER BY turn")
        .Bind(instance).Query(row => HistoryJson.Read(row.Bytes(0))).SelectMany(turn => turn).ToList();

    public void Delete(long instance) => connection
        .Statement("DELETE FROM history WHERE instance = ?").Bind(instance).Execute();
}
