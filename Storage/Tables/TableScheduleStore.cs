using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Plans;

namespace Marketline.Storage.Tables;

/// <summary>
/// The index of due times, sorted by time: reading what is due costs what is due, however many plans there are. A row that
/// points to a slot which the plan no longer waits for is stale and harmless. Slots that a pause holds back are parked beside
/// it, so that nobody reads them in vain.
/// </summary>
public sealed class TableScheduleStore(TableProvider tables) : ITenantData
{
    private const string TenantColumn = "TenantId";
    private const string PlanColumn = "PlanId";
    private const string DueColumn = "DueUtc";
    private const string StartColumn = "StartUtc";
    private const string FailureColumn = "FailureCount";
    private const int ParallelMoves = 16;

    public async Task AddAsync(DuePlan due, CancellationToken cancellationToken) =>
        await WriteAsync(due, Partition(due with { Partition = null }), cancellationToken);

    public async Task RemoveAsync(DuePlan due, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        await table.DeleteEntityAsync(Partition(due), Row(due), ETag.All, cancellationToken);
    }

    /// <summary>All slots that start at or before <paramref name="nowUtc"/>, by the minute of their start.</summary>
    public async IAsyncEnumerable<DuePlan> ListDueAsync(
        DateTimeOffset nowUtc,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey ge {TableKeys.ScheduleBegin} and PartitionKey lt {TableKeys.ScheduleEnd(nowUtc)} and RowKey lt {TableKeys.ScheduleRowBefore(nowUtc)}"
        );
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read(entity);
        }
    }

    /// <summary>Moves a slot to a later start.</summary>
    public async Task PostponeAsync(DuePlan due, DateTimeOffset startUtc, CancellationToken cancellationToken)
    {
        await AddAsync(due with { StartUtc = startUtc, FailureCount = due.FailureCount + 1 }, cancellationToken);
        await RemoveAsync(due, cancellationToken);
    }

    /// <summary>Puts a slot aside until <see cref="ReleaseAsync"/>.</summary>
    public async Task ParkAsync(DuePlan due, PauseScope scope, CancellationToken cancellationToken)
    {
        await WriteAsync(due, TableKeys.Parked(scope), cancellationToken);
        await RemoveAsync(due, cancellationToken);
    }

    /// <summary>The pauses that hold slots back, or did so.</summary>
    public async Task<IReadOnlyList<PauseScope>> ListParkedAsync(CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        var partitions = new List<string> { TableKeys.ParkedBegin };
        while (true)
        {
            // From partition to partition, not through the rows in them.
            var filter = TableClient.CreateQueryFilter($"PartitionKey gt {partitions[^1]} and PartitionKey lt {TableKeys.ParkedEnd}");
            var first = await FirstAsync(table.QueryAsync<TableEntity>(filter, maxPerPage: 1, cancellationToken: cancellationToken));
            if (first is null)
            {
                return [.. partitions.Skip(1).Select(TableKeys.ParkedScope)];
            }

            partitions.Add(first.PartitionKey);
        }
    }

    /// <summary>Puts the slots that a pause has held back into the index again: all of them are due.</summary>
    public Task ReleaseAsync(PauseScope scope, CancellationToken cancellationToken) => EmptyAsync(scope, AddAsync, cancellationToken);

    /// <summary>Forgets the slots that a pause has held back.</summary>
    public Task DiscardAsync(PauseScope scope, CancellationToken cancellationToken) =>
        EmptyAsync(scope, (_, _) => Task.CompletedTask, cancellationToken);

    /// <summary>Reads the whole index, parked slots too: plans that are gone may have left rows in it.</summary>
    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        await table.RemoveAsync(TableClient.CreateQueryFilter($"TenantId eq {tenantId.Value}"), cancellationToken);
    }

    private async Task EmptyAsync(PauseScope scope, Func<DuePlan, CancellationToken, Task> take, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.Parked(scope)}");
        var parked = table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken);
        var options = new ParallelOptions { MaxDegreeOfParallelism = ParallelMoves, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            parked,
            options,
            async (entity, token) =>
            {
                await take(Read(entity), token);
                await table.DeleteEntityAsync(entity.PartitionKey, entity.RowKey, ETag.All, token);
            }
        );
    }

    private async Task WriteAsync(DuePlan due, string partition, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Schedule);
        var entity = new TableEntity(partition, Row(due))
        {
            [TenantColumn] = due.TenantId.Value,
            [PlanColumn] = due.PlanId.Value,
            [DueColumn] = due.DueUtc,
            [StartColumn] = due.StartUtc,
            [FailureColumn] = due.FailureCount,
        };
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    private static async Task<TableEntity?> FirstAsync(AsyncPageable<TableEntity> entities)
    {
        await foreach (var entity in entities)
        {
            return entity;
        }

        return null;
    }

    private static DuePlan Read(TableEntity entity)
    {
        // Rows of 0.1.0 have no start of their own.
        var dueUtc = entity.GetDateTimeOffset(DueColumn)!.Value;
        var startUtc = entity.GetDateTimeOffset(StartColumn) ?? dueUtc;
        var due = new DuePlan(TenantId.Parse(entity.Text(TenantColumn)), PlanId.Parse(entity.Text(PlanColumn)), dueUtc, startUtc)
        {
            FailureCount = entity.GetInt32(FailureColumn) ?? 0,
        };
        return entity.PartitionKey == Partition(due) ? due : due with { Partition = entity.PartitionKey };
    }

    private static string Partition(DuePlan due) =>
        due.Partition ?? TableKeys.SchedulePartition(due.StartUtc, due.TenantId, due.PlanId);

    private static string Row(DuePlan due) => TableKeys.ScheduleRow(due.StartUtc, due.TenantId, due.PlanId);
}
