using System.Data.Common;
using DuckDB.NET.Native;

namespace DuckDB.NET.Data;

public class DuckDBException : DbException
{
    internal DuckDBException(string message, DuckDBErrorType errorType = DuckDBErrorType.Invalid)
        : base(message, (int)errorType) => ErrorType = errorType;

    /// <summary>Known for errors of execution; an error of preparation (syntax, binding) has <c>Invalid</c>.</summary>
    public DuckDBErrorType ErrorType { get; }
}
