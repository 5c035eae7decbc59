using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>One statement's result, held by the native side until it is disposed.</summary>
internal sealed class QueryResult : IDisposable
{
    private NativeResult _result;
    private bool _isDisposed;

    public QueryResult(NativeResult result) => _result = result;

    public bool HasRows => NativeMethods.ResultReturnType(_result) == ResultKind.QueryResult;

    public long RowsChanged => (long)NativeMethods.RowsChanged(ref _result);

    public ColumnReader[] Columns()
    {
        var columns = new ColumnReader[NativeMethods.ColumnCount(ref _result)];
        for (var i = 0; i < columns.Length; i++)
        {
            using var type = NativeMethods.ColumnLogicalType(ref _result, (ulong)i);
            columns[i] = ColumnReader.Create(NativeMethods.Text(NativeMethods.ColumnName(ref _result, (ulong)i)), type);
        }

        return columns;
    }

    /// <returns>The next chunk, or null after the last.</returns>
    public ChunkHandle? NextChunk()
    {
        var chunk = NativeMethods.FetchChunk(_result);
        if (!chunk.IsInvalid)
        {
            return chunk;
        }

        // A streaming result tells an error and its end the same way; only the error's text tells them apart.
        chunk.Dispose();
        ThrowOnError(ref _result);
        return null;
    }

    public static void ThrowOnError(ref NativeResult result)
    {
        var message = NativeMethods.Text(NativeMethods.ResultError(ref result));
        if (message.Length == 0)
        {
            return;
        }

        var type = NativeMethods.ResultErrorType(ref result);
        throw type == DuckDBErrorType.Interrupt
            ? new OperationCanceledException(message)
            : new DuckDBException(message, type);
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            NativeMethods.DestroyResult(ref _result);
        }
    }
}
