using System.ComponentModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>
/// One or more statements with positional (<c>?</c>, <c>$1</c>) or named (<c>$name</c>) parameters. An interrupted statement
/// ends in <see cref="OperationCanceledException"/>.
/// </summary>
public class DuckDBCommand : DbCommand
{
    private readonly DuckDBParameterCollection _parameters = new();
    private DuckDBConnection? _connection;
    private string _commandText = "";

    public DuckDBCommand() { }

    public DuckDBCommand(string commandText) => CommandText = commandText;

    public DuckDBCommand(string commandText, DuckDBConnection connection)
        : this(commandText) => Connection = connection;

    [AllowNull]
    [DefaultValue("")]
    public override string CommandText
    {
        get => _commandText;
        set => _commandText = value ?? "";
    }

    public override int CommandTimeout { get; set; }

    public override CommandType CommandType { get; set; }

    public override bool DesignTimeVisible { get; set; }

    public override UpdateRowSource UpdatedRowSource { get; set; }

    /// <summary>Rows come as they are computed, in flat memory, instead of the whole result being held first.</summary>
    public bool UseStreamingMode { get; set; }

    public new virtual DuckDBParameterCollection Parameters => _parameters;

    protected override DbConnection? DbConnection
    {
        get => _connection;
        set => _connection = (DuckDBConnection?)value;
    }

    protected override DbParameterCollection DbParameterCollection => _parameters;

    protected override DbTransaction? DbTransaction { get; set; }

    public override void Cancel()
    {
        if (_connection is { State: ConnectionState.Open })
        {
            NativeMethods.Interrupt(_connection.Handle);
        }
    }

    public override int ExecuteNonQuery()
    {
        EnsureOpen();
        var count = 0L;
        foreach (var result in Results())
        {
            using (result)
            {
                count += result.RowsChanged;
            }
        }

        return (int)count;
    }

    public override object? ExecuteScalar()
    {
        using var reader = ExecuteReader();
        return reader.Read() ? reader.GetValue(0) : null;
    }

    public new DuckDBDataReader ExecuteReader() => (DuckDBDataReader)base.ExecuteReader();

    public new DuckDBDataReader ExecuteReader(CommandBehavior behavior) => (DuckDBDataReader)base.ExecuteReader(behavior);

    /// <summary>Does nothing: every execution prepares its statements.</summary>
    public override void Prepare() { }

    protected override DbParameter CreateDbParameter() => new DuckDBParameter();

    protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior)
    {
        EnsureOpen();
        return new DuckDBDataReader(this, Results(), behavior);
    }

    private IEnumerable<QueryResult> Results() =>
        StatementRunner.Run(_connection!.Handle, CommandText, _parameters, UseStreamingMode);

    private void EnsureOpen([CallerMemberName] string operation = "")
    {
        if (_connection is not { State: ConnectionState.Open })
        {
            throw new InvalidOperationException($"{operation} requires an open connection");
        }
    }
}
