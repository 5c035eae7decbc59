using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Plans;

namespace Marketline.Storage.Tables;

/// <summary>
/// The index of due times, in 16 partitions and sorted by time: reading what is due costs what is due, however many plans
/// there are. A row that points to a slot which the plan no longer waits for is stale and harmless.
/// </summary>
public sealed class TableScheduleStore(TableProvider tables) : ITenantData
{
    private const string TenantColumn = "TenantId";
    private const string PlanColumn = "PlanId";
    private const string DueColumn = "DueUtc";

    public async Task AddAsync(DuePlan due, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        var entity = new TableEntity(Partition(due), Row(due))
        {
            [TenantColumn] = due.TenantId.Value,
            [PlanColumn] = due.PlanId.Value,
            [DueColumn] = due.DueUtc,
        };
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    public async Task RemoveAsync(DuePlan due, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        await table.DeleteEntityAsync(Partition(due), Row(due), ETag.All, cancellationToken);
    }

    /// <summary>All slots due at or before <paramref name="nowUtc"/>, oldest first within each partition.</summary>
    public async IAsyncEnumerable<DuePlan> ListDueAsync(
        DateTimeOffset nowUtc,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        var before = TableKeys.ScheduleRowBefore(nowUtc);
        for (var bucket = 0; bucket < TableKeys.BucketCount; bucket++)
        {
            var partition = TableKeys.SchedulePartition(bucket);
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {before}");
            await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            {
                yield return new DuePlan(
                    TenantId.Parse(entity.Text(TenantColumn)),
                    PlanId.Parse(entity.Text(PlanColumn)),
                    entity.GetDateTimeOffset(DueColumn)!.Value
                );
            }
        }
    }

    /// <summary>Reads the whole index: plans that are gone may have left rows in it.</summary>
    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        await table.RemoveAsync(TableClient.CreateQueryFilter($"TenantId eq {tenantId.Value}"), cancellationToken);
    }

    private static string Partition(DuePlan due) =>
        TableKeys.SchedulePartition(Digest.Bucket($"{due.TenantId}-{due.PlanId}", TableKeys.BucketCount));

    private static string Row(DuePlan due) => TableKeys.ScheduleRow(due.DueUtc, due.TenantId, due.PlanId);
}
