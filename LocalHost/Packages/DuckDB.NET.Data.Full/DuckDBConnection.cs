using System.ComponentModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>
/// A connection to a database file or to memory (<c>DataSource=:memory:</c> is this connection's own database,
/// <c>:memory:?cache=shared</c> the process's). Other keys of the connection string are DuckDB's options. Not thread-safe,
/// but <see cref="DuckDBCommand.Cancel"/> may come from any thread.
/// </summary>
public class DuckDBConnection : DbConnection
{
    private ConnectionState _state = ConnectionState.Closed;
    private ConnectionSettings? _settings;
    private DatabaseReference? _database;
    private ConnectionHandle? _handle;

    public DuckDBConnection()
        : this("") { }

    public DuckDBConnection(string connectionString) => ConnectionString = connectionString;

    [AllowNull]
    [DefaultValue("")]
    public override string ConnectionString { get; set; }

    public override string Database => Settings.DataSource;

    public override string DataSource => Settings.DataSource;

    public override string ServerVersion => NativeMethods.Text(NativeMethods.LibraryVersion());

    public override ConnectionState State => _state;

    internal DuckDBTransaction? Transaction { get; set; }

    internal ConnectionHandle Handle =>
        _state == ConnectionState.Open ? _handle! : throw new InvalidOperationException("The connection is not open.");

    private ConnectionSettings Settings =>
        _settings ??= string.IsNullOrEmpty(ConnectionString)
            ? throw new InvalidOperationException("Connection string must be specified.")
            : ConnectionSettings.Parse(ConnectionString);

    public override void Open()
    {
        if (_state == ConnectionState.Open)
        {
            throw new InvalidOperationException("Connection is already open.");
        }

        (_database, _handle) = DatabaseReference.Connect(Settings);
        _state = ConnectionState.Open;
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }

    public override void Close()
    {
        if (_state == ConnectionState.Closed)
        {
            throw new InvalidOperationException("Connection is already closed.");
        }

        _state = ConnectionState.Closed;
        _database!.Return(_handle!);
        OnStateChange(new StateChangeEventArgs(ConnectionState.Open, ConnectionState.Closed));
    }

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public new virtual DuckDBCommand CreateCommand() => new() { Connection = this, Transaction = Transaction };

    public new DuckDBTransaction BeginTransaction() => Begin(IsolationLevel.Unspecified);

    public DuckDBAppender CreateAppender(string table) => CreateAppender(null, null, table);

    public DuckDBAppender CreateAppender(string? schema, string table) => CreateAppender(null, schema, table);

    public DuckDBAppender CreateAppender(string? catalog, string? schema, string table)
    {
        EnsureOpen();
        var state = NativeMethods.AppenderCreate(Handle, catalog, schema, table, out var appender);
        if (state == NativeState.Success)
        {
            return new DuckDBAppender(appender, string.IsNullOrEmpty(schema) ? table : $"{schema}.{table}");
        }

        using (appender)
        {
            throw new DuckDBException(NativeMethods.Text(NativeMethods.AppenderError(appender)));
        }
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => Begin(isolationLevel);

    protected override DbCommand CreateDbCommand() => CreateCommand();

    protected override void Dispose(bool disposing)
    {
        if (disposing && _state == ConnectionState.Open)
        {
            Close();
        }

        base.Dispose(disposing);
    }

    private DuckDBTransaction Begin(IsolationLevel isolationLevel)
    {
        EnsureOpen();
        return Transaction is null
            ? Transaction = new DuckDBTransaction(this, isolationLevel)
            : throw new InvalidOperationException("Already in a transaction.");
    }

    private void EnsureOpen([CallerMemberName] string operation = "")
    {
        if (_state != ConnectionState.Open)
        {
            throw new InvalidOperationException($"{operation} requires an open connection");
        }
    }
}
