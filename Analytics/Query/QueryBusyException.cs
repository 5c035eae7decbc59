namespace Marketline.Analytics.Query;

/// <summary>This worker has had no place for the query in time: asking again in a while helps.</summary>
public sealed class QueryBusyException : Exception
{
    public QueryBusyException() { }

    public QueryBusyException(string message)
        : base(message) { }

    public QueryBusyException(string message, Exception innerException)
        : base(message, innerException) { }
}
