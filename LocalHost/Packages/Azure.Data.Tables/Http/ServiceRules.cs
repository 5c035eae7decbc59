using System.Buffers;
using Azure.Data.Tables.Models;

namespace Azure.Data.Tables.Http;

/// <summary>
/// Rules of the Table service that the emulator does not keep in every place: without these checks a program would pass here and
/// fail in Azure. The errors are those of the service.
/// See https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model.
/// </summary>
internal static class ServiceRules
{
    private static readonly SearchValues<char> ForbiddenInKeys = SearchValues.Create(
        [.. "/\\#?", .. Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(code => (char)code)]);

    public static void CheckKeys(string partitionKey, string rowKey)
    {
        if (KeyError(partitionKey, rowKey) is { } error)
        {
            throw new RequestFailedException(400, error, TableErrorCode.InvalidInput.ToString(), null);
        }
    }

    /// <summary>The check of one action of a transaction, whose failure tells the action's index.</summary>
    public static void CheckAction(int index, string partitionKey, ITableEntity entity)
    {
        var (error, code) = (KeyError(entity.PartitionKey, entity.RowKey), TableErrorCode.InvalidInput);
        if (error is null && entity.PartitionKey != partitionKey)
        {
            error = "All commands in a batch must operate on same entity group.";
            code = TableErrorCode.CommandsInBatchActOnDifferentPartitions;
        }

        if (error is not null)
        {
            var refused = new RequestFailedException(400, $"{index}:{error}", code.ToString(), null);
            refused.Data[TableTransactionFailedException.FailedIndexKey] = $"{index}";
            throw new TableTransactionFailedException(refused);
        }
    }

    private static string? KeyError(string partitionKey, string rowKey)
    {
        ArgumentNullException.ThrowIfNull(partitionKey);
        ArgumentNullException.ThrowIfNull(rowKey);
        return partitionKey.AsSpan().ContainsAny(ForbiddenInKeys) || rowKey.AsSpan().ContainsAny(ForbiddenInKeys)
            ? $"Bad Request - Error in query syntax. The key '{partitionKey}', '{rowKey}' has a character that keys may not have."
            : null;
    }
}
