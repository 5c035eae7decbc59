using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>
/// Fills a table chunk by chunk. What was completed is written at <see cref="Close"/> also when the caller failed in
/// between: start over in a new table, or append in a transaction.
/// </summary>
public class DuckDBAppender : IDisposable
{
    private static readonly ulong MaxChunkRows = NativeMethods.VectorSize();

    private readonly AppenderHandle _appender;
    private readonly ChunkHandle _chunk;
    private readonly ColumnWriter[] _columns;
    private readonly string _table;
    private DuckDBAppenderRow? _lastRow;
    private ulong _rowCount;
    private bool _isClosed;

    internal DuckDBAppender(AppenderHandle appender, string table)
    {
        _appender = appender;
        _table = table;
        _columns = new ColumnWriter[NativeMethods.AppenderColumnCount(appender)];
        var types = new LogicalTypeHandle[_columns.Length];
        try
        {
            for (var i = 0; i < types.Length; i++)
            {
                types[i] = NativeMethods.AppenderColumnType(appender, (ulong)i);
                _columns[i] = new ColumnWriter(types[i]);
            }

            _chunk = CreateChunk(types);
            AttachColumns();
        }
        finally
        {
            foreach (var type in types)
            {
                type?.Dispose();
            }
        }
    }

    public IDuckDBAppenderRow CreateRow()
    {
        EnsureUsable();
        if (_rowCount == MaxChunkRows)
        {
            Flush();
        }

        return _lastRow = new DuckDBAppenderRow(this, _columns, _table, _rowCount++);
    }

    /// <summary>Drops the rows that were not yet handed to DuckDB.</summary>
    public void Clear()
    {
        EnsureUsable();
        ThrowOnError(NativeMethods.AppenderClear(_appender));
        Reset();
    }

    public void Close()
    {
        EnsureUsable();
        _isClosed = true;
        try
        {
            Flush();
            ThrowOnError(NativeMethods.AppenderClose(_appender));
        }
        finally
        {
            _chunk.Dispose();
            _appender.Dispose();
        }
    }

    public void Dispose()
    {
        if (!_isClosed)
        {
            Close();
        }

        GC.SuppressFinalize(this);
    }

    internal void WriteDefault(int column, ulong row) =>
        ThrowOnError(NativeMethods.AppendDefault(_appender, _chunk, (ulong)column, row));

    private static unsafe ChunkHandle CreateChunk(LogicalTypeHandle[] types)
    {
        var handles = Array.ConvertAll(types, type => type.DangerousGetHandle());
        fixed (nint* pointer = handles)
        {
            return NativeMethods.CreateDataChunk(pointer, (ulong)handles.Length);
        }
    }

    private void Flush()
    {
        // The rest of a row that was given up half-way is memory that nobody has set.
        var isComplete = _lastRow is null || _lastRow.IsComplete;
        NativeMethods.ChunkSetSize(_chunk, isComplete ? _rowCount : _rowCount - 1);
        ThrowOnError(NativeMethods.AppendDataChunk(_appender, _chunk));
        Reset();
    }

    private void Reset()
    {
        _rowCount = 0;
        _lastRow = null;
        NativeMethods.ChunkReset(_chunk);
        AttachColumns();
    }

    private void AttachColumns()
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Attach(NativeMethods.ChunkVector(_chunk, (ulong)i));
        }
    }

    private void EnsureUsable()
    {
        if (_isClosed)
        {
            throw new InvalidOperationException("Appender is already closed");
        }
    }

    private void ThrowOnError(NativeState state)
    {
        if (state != NativeState.Success)
        {
            throw new DuckDBException(NativeMethods.Text(NativeMethods.AppenderError(_appender)));
        }
    }
}
