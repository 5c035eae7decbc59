using SQLitePCL;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>One SQLite connection for one thread, by SQLite's own C interface: this engine's inner loop is its statements.</summary>
internal sealed class SqliteConnection : IDisposable
{
    private readonly sqlite3 _database;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    static SqliteConnection() => Batteries_V2.Init();

    /// <param name="path">A file, or <c>:memory:</c>.</param>
    public SqliteConnection(string path)
    {
        var result = raw.sqlite3_open(path, out _database);
        Check(result);
    }

    public int Changes => raw.sqlite3_changes(_database);

    public bool IsInTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    public void ExecuteScript(string sql) => Check(raw.sqlite3_exec(_database, sql));

    /// <summary>The statement of that text, prepared at its first use.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(_database, sql, out var handle));
            _statements.Add(sql, statement = new SqliteStatement(this, handle));
        }

        return statement;
    }

    public void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new IOException($"SQLite error {result}: {raw.sqlite3_errmsg(_database).utf8_to_string()}");
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _database.Dispose();
    }
}
