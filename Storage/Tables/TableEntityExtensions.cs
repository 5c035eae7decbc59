using Azure.Data.Tables;

namespace Marketline.Storage.Tables;

internal static class TableEntityExtensions
{
    /// <exception cref="InvalidDataException">The row has no such column.</exception>
    public static string Text(this TableEntity entity, string column) =>
        entity.GetString(column)
        ?? throw new InvalidDataException($"The row {entity.PartitionKey} / {entity.RowKey} has no column '{column}'.");
}
