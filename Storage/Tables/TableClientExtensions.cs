using Azure.Data.Tables;

namespace Marketline.Storage.Tables;

internal static class TableClientExtensions
{
    private const int MaxTransactionSize = 100;

    /// <summary>Removes all rows of one partition.</summary>
    public static Task RemovePartitionAsync(this TableClient table, string partition, CancellationToken cancellationToken) =>
        table.RemoveAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken);

    /// <summary>
    /// Removes all rows of the partitions whose keys are a tenant's id and <c>-</c> and more: no other tenant's begin so, as an id
    /// holds no dash.
    /// </summary>
    public static Task RemovePartitionsOfAsync(this TableClient table, string tenantId, CancellationToken cancellationToken) =>
        table.RemoveAsync(
            TableClient.CreateQueryFilter($"PartitionKey ge {tenantId + "-"} and PartitionKey lt {tenantId + "."}"),
            cancellationToken
        );

    /// <summary>Removes all rows that a filter finds.</summary>
    public static async Task RemoveAsync(this TableClient table, string filter, CancellationToken cancellationToken)
    {
        var batch = new List<TableEntity>(MaxTransactionSize);
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: [nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey)], cancellationToken: cancellationToken))
        {
            if (batch.Count == MaxTransactionSize || (batch.Count > 0 && batch[0].PartitionKey != row.PartitionKey))
            {
                await FlushAsync(table, batch, cancellationToken);
            }

            batch.Add(row);
        }

        await FlushAsync(table, batch, cancellationToken);
    }

    private static async Task FlushAsync(TableClient table, List<TableEntity> batch, CancellationToken cancellationToken)
    {
        if (batch.Count == 1)
        {
            // A row that somebody else has removed is no failure here, but would be one in a transaction.
            await table.DeleteEntityAsync(batch[0].PartitionKey, batch[0].RowKey, Azure.ETag.All, cancellationToken);
        }
        else if (batch.Count > 1)
        {
            await table.SubmitTransactionAsync(
                batch.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, Azure.ETag.All)),
                cancellationToken
            );
        }

        batch.Clear();
    }
}
