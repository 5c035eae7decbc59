using System.Collections;
using System.Globalization;

namespace Azure.Data.Tables;

/// <summary>The service refused one action of a transaction and stored nothing of it.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    internal const string FailedIndexKey = "FailedEntity";

    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
        foreach (DictionaryEntry entry in requestFailedException.Data)
        {
            Data.Add(entry.Key, entry.Value);
        }

        if (int.TryParse(Data[FailedIndexKey] as string, CultureInfo.InvariantCulture, out var index))
        {
            FailedTransactionActionIndex = index;
        }
    }

    /// <summary>Which action failed, counted from 0; null if the service did not say.</summary>
    public int? FailedTransactionActionIndex { get; }
}
