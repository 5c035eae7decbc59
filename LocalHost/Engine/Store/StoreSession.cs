namespace Marketline.LocalHost.Engine.Store;

/// <summary>The open database, used by the store's thread only.</summary>
internal sealed class StoreSession : IDisposable
{
    // A long write-ahead log makes checkpoints, which wait for the disk, rare; 8000 pages are 32 MB.
    private const string Pragmas =
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA cache_size = -32000;
        PRAGMA wal_autocheckpoint = 8000;
        PRAGMA temp_store = MEMORY;
        """;

    private readonly SqliteConnection _connection;

    /// <param name="path">Null: in memory.</param>
    public StoreSession(string? path)
    {
        _connection = new SqliteConnection(path ?? ":memory:");
        _connection.ExecuteScript(Pragmas);
        var version = _connection.Statement("PRAGMA user_version").ExecuteScalar();
        if (version is not (0 or Schema.Version))
        {
            throw new InvalidOperationException(
                $"'{path}' was written by another version of the engine (format {version}, this one reads {Schema.Version}).");
        }

        _connection.ExecuteScript(Schema.Create);
        _connection.ExecuteScript($"PRAGMA user_version = {Schema.Version}");
        Instances = new InstanceTable(_connection);
        Inbox = new InboxTable(_connection);
        History = new HistoryTable(_connection);
        Tasks = new TaskTable(_connection);
        Timers = new TimerTable(_connection);
        Search = new InstanceSearch(_connection);
    }

    public InstanceTable Instances { get; }

    public InboxTable Inbox { get; }

    public HistoryTable History { get; }

    public TaskTable Tasks { get; }

    public TimerTable Timers { get; }

    public InstanceSearch Search { get; }

    public void Begin() => _connection.Statement("BEGIN IMMEDIATE").Execute();

    public void Commit() => _connection.Statement("COMMIT").Execute();

    /// <summary>Takes back what was not committed, unless SQLite has done so itself (as on a full disk).</summary>
    public void Rollback()
    {
        if (_connection.IsInTransaction)
        {
            _connection.Statement("ROLLBACK").Execute();
        }
    }

    public void Dispose() => _connection.Dispose();
}
