using System.Buffers;

namespace Marketline.Analytics.Query;

/// <summary>
/// The rows of a query, to be written out as they are computed: memory stays flat. It holds one of the worker's few places for
/// downloads until it is disposed.
/// </summary>
public sealed class RowStream : IDisposable
{
    private const int ChunkSize = 64 * 1024;

    private readonly QueryRun _run;
    private readonly RowQuery _query;
    private bool _hasRow;

    internal RowStream(RowQuery query, QueryRun run, RowSql sql)
    {
        _query = query;
        _run = run;
        run.Open(sql);
        _hasRow = run.Read();
    }

    public async Task WriteAsync(RowFormat format, Stream output, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _run.End);
        using var writer = format.Writer(_query.Columns);
        var buffer = new ArrayBufferWriter<byte>(2 * ChunkSize);
        var row = new object?[_query.Columns.Count];
        writer.WriteHead(buffer);
        while (_hasRow)
        {
            _run.Copy(row);
            writer.WriteRow(buffer, row);
            if (buffer.WrittenCount >= ChunkSize)
            {
                await output.WriteAsync(buffer.WrittenMemory, end.Token);
                buffer.ResetWrittenCount();
            }

            _hasRow = _run.Read();
        }

        await output.WriteAsync(buffer.WrittenMemory, end.Token);
        await output.FlushAsync(end.Token);
        _run.Complete();
    }

    public void Dispose() => _run.Dispose();
}
