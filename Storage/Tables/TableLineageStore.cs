using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;

namespace Marketline.Storage.Tables;

/// <summary>
/// Lineage rows: one entity per object and run with its blocks packed, and an index by object key. Writing a batch again
/// replaces its rows, so that a step that runs twice changes nothing.
/// </summary>
public sealed class TableLineageStore(TableProvider tables, TableServiceClient service) : ITenantData
{
    private const int MaxTransactionSize = 100;
    private const int MaxParallelTransactions = 4;
    private const string OutcomeColumn = "Outcome";
    private const string TraceColumn = "TraceId";
    private const string BatchColumn = "Batch";
    private const string StateColumn = "State";
    private const string RowColumn = "LineageRow";

    /// <param name="batches">Each with its objects in the order of its outcome blob.</param>
    /// <returns>The rows written, one per object.</returns>
    public async Task<long> WriteAsync(
        RunRef run,
        string? traceId,
        IReadOnlyList<BatchOutcomes> batches,
        CancellationToken cancellationToken
    )
    {
        var rows = batches.SelectMany(batch => Rows(run, traceId, batch)).ToList();
        var index = rows.Select(row => IndexRow(run, row)).DistinctBy(row => (row.PartitionKey, row.RowKey)).ToList();
        await WriteAsync(TableNames.Lineage(run.RunId.Date), rows, cancellationToken);
        await WriteAsync(TableNames.LineageIndex(run.RunId.Date), index, cancellationToken);
        return rows.Count;
    }

    /// <summary>The way of an object through the runs of a month, the newest run first.</summary>
    public async IAsyncEnumerable<LineageTransaction> FindAsync(
        TenantId tenantId,
        string objectKey,
        DateOnly month,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (await tables.FindAsync(TableNames.LineageIndex(month), cancellationToken) is not { } index)
        {
            yield break;
        }

        var lineage = await tables.GetAsync(TableNames.Lineage(month));
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {TableKeys.LineageIndexPartition(tenantId, objectKey)} and RowKey ge {objectKey + "-"} and RowKey lt {objectKey + "."}"
        );
        await foreach (var entry in index.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            var runId = RunId.Parse(entry.Text("RunId"));
            var batch = entry.GetInt32(BatchColumn)!.Value;
            var row = await lineage.GetEntityIfExistsAsync<TableEntity>(
                TableKeys.LineagePartition(runId, batch),
                entry.Text(RowColumn),
                cancellationToken: cancellationToken
            );
            if (row.HasValue)
            {
                yield return Read(runId, batch, row.Value!);
            }
        }
    }

    /// <summary>All rows of a batch.</summary>
    public async IAsyncEnumerable<LineageTransaction> ListAsync(
        RunId runId,
        int batch,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        if (await tables.FindAsync(TableNames.Lineage(runId.Date), cancellationToken) is not { } table)
        {
            yield break;
        }

        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.LineagePartition(runId, batch)}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read(runId, batch, entity);
        }
    }

    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var filter = TableServiceClient.CreateQueryFilter($"TableName ge {TableNames.LineagePrefix} and TableName lt {TableNames.LineagePrefix + "z"}");
        await foreach (var slice in service.QueryAsync(filter, cancellationToken: cancellationToken))
        {
            await service.GetTableClient(slice.Name).RemovePartitionsOfAsync(tenantId.Value, cancellationToken);
        }
    }

    private static IEnumerable<TableEntity> Rows(RunRef run, string? traceId, BatchOutcomes batch)
    {
        var seen = new Dictionary<string, int>(batch.Outcomes.Count);
        foreach (var outcome in batch.Outcomes)
        {
            // The same object twice in a batch is two transactions: the second one is filtered as a duplicate.
            var times = seen[outcome.ObjectKey] = seen.GetValueOrDefault(outcome.ObjectKey) + 1;
            var rowKey = times == 1 ? outcome.ObjectKey : $"{outcome.ObjectKey}~{times}";
            yield return new TableEntity(TableKeys.LineagePartition(run.RunId, batch.Batch), rowKey)
            {
                [StateColumn] = outcome.State.ToString(),
                [BatchColumn] = batch.Batch,
                [TraceColumn] = traceId,
                [OutcomeColumn] = JsonColumn.Write(outcome),
            };
        }
    }

    private static TableEntity IndexRow(RunRef run, TableEntity row)
    {
        var objectKey = row.RowKey.Split('~')[0];
        return new TableEntity(
            TableKeys.LineageIndexPartition(run.TenantId, objectKey),
            TableKeys.LineageIndexRow(objectKey, run.RunId)
        )
        {
            ["RunId"] = run.RunId.Value,
            [BatchColumn] = row.GetInt32(BatchColumn),
            [RowColumn] = row.RowKey,
            [StateColumn] = row.GetString(StateColumn),
        };
    }

    private async Task WriteAsync(string tableName, List<TableEntity> entities, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(tableName);
        var transactions = entities.GroupBy(entity => entity.PartitionKey).SelectMany(group => group.Chunk(MaxTransactionSize));
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = MaxParallelTransactions,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(
            transactions,
            options,
            async (chunk, token) =>
                await table.SubmitTransactionAsync(
                    chunk.Select(entity => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity)),
                    token
                )
        );
    }

    private static LineageTransaction Read(RunId runId, int batch, TableEntity entity) =>
        new(runId, batch, entity.GetString(TraceColumn), JsonColumn.Read<ObjectOutcome>(entity, OutcomeColumn));
}
