namespace Marketline.Analytics.Query;

/// <summary>A query takes more time or memory than one may. Asking again does not help; asking for less does.</summary>
public sealed class QueryLimitException : Exception
{
    public QueryLimitException() { }

    public QueryLimitException(string message)
        : base(message) { }

    public QueryLimitException(string message, Exception innerException)
        : base(message, innerException) { }
}
