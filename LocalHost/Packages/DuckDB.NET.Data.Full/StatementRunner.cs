using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

/// <summary>Prepares, binds and executes the statements of a command one after the other, each when its result is asked for.</summary>
internal static class StatementRunner
{
    public static IEnumerable<QueryResult> Run(
        ConnectionHandle connection,
        string sql,
        DuckDBParameterCollection parameters,
        bool isStreaming
    )
    {
        var count = NativeMethods.ExtractStatements(connection, sql, out var statements);
        using (statements)
        {
            if (count == 0)
            {
                throw new DuckDBException(NativeMethods.Text(NativeMethods.ExtractStatementsError(statements)));
            }

            for (ulong index = 0; index < count; index++)
            {
                using var statement = Prepare(connection, statements, index);
                Bind(statement, parameters);
                yield return Execute(statement, isStreaming);
            }
        }
    }

    private static StatementHandle Prepare(ConnectionHandle connection, ExtractedStatementsHandle statements, ulong index)
    {
        var state = NativeMethods.PrepareExtracted(connection, statements, index, out var statement);
        if (state == NativeState.Success)
        {
            return statement;
        }

        using (statement)
        {
            throw new DuckDBException(NativeMethods.Text(NativeMethods.PrepareError(statement)));
        }
    }

    private static void Bind(StatementHandle statement, DuckDBParameterCollection parameters)
    {
        var expected = (int)NativeMethods.ParameterCount(statement);
        if (parameters.Count < expected)
        {
            throw new InvalidOperationException($"Invalid number of parameters. Expected {expected}, got {parameters.Count}");
        }

        if (parameters.Cast<DuckDBParameter>().Any(p => !string.IsNullOrEmpty(p.ParameterName)))
        {
            foreach (DuckDBParameter parameter in parameters)
            {
                // A parameter that this statement does not have is another one's.
                var state = NativeMethods.BindParameterIndex(statement, out var index, parameter.ParameterName);
                if (state == NativeState.Success)
                {
                    Bind(statement, index, parameter.Value);
                }
            }

            return;
        }

        for (var i = 0; i < expected; i++)
        {
            Bind(statement, (ulong)i + 1, parameters[i].Value);
        }
    }

    private static void Bind(StatementHandle statement, ulong index, object? value)
    {
        using var native = ParameterValue.Create(value);
        if (NativeMethods.BindValue(statement, index, native) != NativeState.Success)
        {
            var error = NativeMethods.Text(NativeMethods.PrepareError(statement));
            throw new InvalidOperationException($"Unable to bind parameter {index}: {error}");
        }
    }

    private static QueryResult Execute(StatementHandle statement, bool isStreaming)
    {
        var state = isStreaming
            ? NativeMethods.ExecutePreparedStreaming(statement, out var result)
            : NativeMethods.ExecutePrepared(statement, out result);
        if (state == NativeState.Success)
        {
            return new QueryResult(result);
        }

        try
        {
            QueryResult.ThrowOnError(ref result);
            throw new DuckDBException("DuckDB execution failed");
        }
        finally
        {
            NativeMethods.DestroyResult(ref result);
        }
    }
}
