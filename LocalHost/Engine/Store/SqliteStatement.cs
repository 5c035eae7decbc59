using SQLitePCL;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>A prepared statement that is used again and again. Parameters and columns go by position.</summary>
internal sealed class SqliteStatement(SqliteConnection connection, sqlite3_stmt handle) : IDisposable
{
    private int _next;

    public SqliteStatement Bind(long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, ++_next, value));
        return this;
    }

    public SqliteStatement Bind(long? value)
    {
        connection.Check(value is { } number
            ? raw.sqlite3_bind_int64(handle, ++_next, number)
            : raw.sqlite3_bind_null(handle, ++_next));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        connection.Check(value is null
            ? raw.sqlite3_bind_null(handle, ++_next)
            : raw.sqlite3_bind_text(handle, ++_next, value));
        return this;
    }

    public SqliteStatement Bind(ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, ++_next, value));
        return this;
    }

    /// <summary>Runs to the end and makes the statement ready for the next use.</summary>
    public int Execute()
    {
        try
        {
            while (Step())
            {
                // Rows of a writing statement are of no interest.
            }

            return connection.Changes;
        }
        finally
        {
            Reset();
        }
    }

    public long? ExecuteScalar()
    {
        try
        {
            return Step() && !IsNull(0) ? Int64(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The mapped rows, read to the end.</summary>
    public List<T> Query<T>(Func<SqliteStatement, T> map)
    {
        var rows = new List<T>();
        try
        {
            while (Step())
            {
                rows.Add(map(this));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => handle.Dispose();

    private bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return result == raw.SQLITE_ROW;
        }

        connection.Check(result);
        return false;
    }

    private void Reset()
    {
        // The result repeats the error of the last step, which was thrown already.
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
        _next = 0;
    }
}
