using DuckDB.NET.Data;
using DuckDB.NET.Native;
using Marketline.Analytics.DuckDb;

namespace Marketline.Analytics.Query;

/// <summary>
/// One query on one instance of a lane, from the wait for it to its last row. When its time is over, or the caller goes away,
/// DuckDB is interrupted.
/// </summary>
internal sealed class QueryRun : IDisposable
{
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _end;
    private TimeSpan _timeout;
    private DuckDbLease? _lease;
    private DuckDBCommand? _command;
    private DuckDBDataReader? _reader;
    private CancellationTokenRegistration _interrupt;

    private QueryRun(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _caller = cancellationToken;
        _timeout = timeout;
        _deadline = new CancellationTokenSource(timeout, time);
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _deadline.Token);
    }

    /// <summary>Cancelled when the query has to stop.</summary>
    public CancellationToken End => _end.Token;

    /// <exception cref="QueryBusyException">There was no instance free in time.</exception>
    public static async Task<QueryRun> StartAsync(
        DuckDbLane lane,
        string owner,
        TimeSpan timeout,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var run = new QueryRun(timeout, time, cancellationToken);
        try
        {
            run._lease = await lane.TakeAsync(owner, run.End);
            return run;
        }
        catch (OperationCanceledException) when (run.IsOverdue)
        {
            run.Dispose();
            throw new QueryBusyException("Other queries have taken this worker's time.");
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>How many columns the rows have.</summary>
    public int ColumnCount => _reader!.FieldCount;

    /// <exception cref="QueryLimitException">It takes more time or memory than it may.</exception>
    public void Open(RowSql sql) =>
        _reader = Guard(() =>
        {
            _command = Command(sql.Text, sql.Parameters);
            _command.UseStreamingMode = true;
            return _command.ExecuteReader();
        });

    /// <summary>Moves to the next row.</summary>
    /// <inheritdoc cref="Open"/>
    public bool Read() => Guard(_reader!.Read);

    /// <summary>Copies the current row's first values.</summary>
    public void Copy(object?[] row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = ColumnValue.FromReader(_reader!.GetValue(i));
        }
    }

    /// <inheritdoc cref="Open"/>
    public void Execute(string sql, IReadOnlyList<DuckDBParameter> parameters) =>
        Guard(() =>
        {
            _command = Command(sql, parameters);
            return _command.ExecuteNonQuery();
        });

    /// <summary>Gives the query a new time, from now on.</summary>
    public void Extend(TimeSpan timeout)
    {
        _timeout = timeout;
        _deadline.CancelAfter(timeout);
    }

    /// <summary>Says that the query has ended as it should.</summary>
    public void Complete() => _lease!.IsSound = true;

    public void Dispose()
    {
        _interrupt.Dispose();
        _reader?.Dispose();
        _command?.Dispose();
        _lease?.Dispose();
        _end.Dispose();
        _deadline.Dispose();
    }

    private bool IsOverdue => _deadline.IsCancellationRequested && !_caller.IsCancellationRequested;

    private DuckDBCommand Command(string sql, IReadOnlyList<DuckDBParameter> parameters)
    {
        var command = _lease!.Session.CreateCommand(sql, [.. parameters]);
        _interrupt = End.UnsafeRegister(static state => ((DuckDBCommand)state!).Cancel(), command);
        return command;
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            End.ThrowIfCancellationRequested();
            return work();
        }
        catch (OperationCanceledException) when (IsOverdue)
        {
            throw new QueryLimitException($"The query takes longer than {_timeout.TotalSeconds:0} seconds.");
        }
        catch (DuckDBException failure) when (failure.ErrorType == DuckDBErrorType.OutOfMemory)
        {
            throw new QueryLimitException("The query needs more memory than a query may take.", failure);
        }
    }
}
