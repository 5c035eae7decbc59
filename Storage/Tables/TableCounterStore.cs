using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;

namespace Marketline.Storage.Tables;

/// <summary>
/// A tenant's counters with an upper bound, shared by all workers: requests a minute, pages a day. A worker takes from them in
/// portions, so that a counted thing does not cost a write each; what it neither uses nor gives back is lost until the window
/// ends, so the bound may be reached early and is never exceeded.
/// </summary>
public sealed class TableCounterStore(TableProvider tables) : ITenantData
{
    private const string ValueColumn = "Value";

    /// <summary>Takes up to <paramref name="amount"/> of what the window still has.</summary>
    /// <param name="window">The counter's window, such as <c>20261121</c> for a day.</param>
    public async Task<CounterTake> TakeAsync(
        TenantId tenantId,
        string counter,
        string window,
        long amount,
        long limit,
        CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.Counters);
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(
                tenantId.Value,
                TableKeys.Counter(counter, window),
                cancellationToken: cancellationToken
            );
            var used = found.HasValue ? found.Value!.GetInt64(ValueColumn) ?? 0 : 0;
            var taken = Math.Min(amount, Math.Max(0, limit - used));
            if (taken == 0 || await TryWriteAsync(table, tenantId, counter, window, used + taken, found, cancellationToken))
            {
                return new CounterTake(taken, Math.Max(0, limit - used - taken));
            }
        }
    }

    /// <summary>Puts back what was taken and not used.</summary>
    public async Task GiveBackAsync(TenantId tenantId, string counter, string window, long amount, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Counters);
        var key = TableKeys.Counter(counter, window);
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(tenantId.Value, key, cancellationToken: cancellationToken);
            if (!found.HasValue)
            {
                return;
            }

            var left = Math.Max(0, (found.Value!.GetInt64(ValueColumn) ?? 0) - amount);
            if (await TryWriteAsync(table, tenantId, counter, window, left, found, cancellationToken))
            {
                return;
            }
        }
    }

    /// <summary>What has been taken in the window.</summary>
    public async Task<long> ReadAsync(TenantId tenantId, string counter, string window, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Counters);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            tenantId.Value,
            TableKeys.Counter(counter, window),
            cancellationToken: cancellationToken
        );
        return found.HasValue ? found.Value!.GetInt64(ValueColumn) ?? 0 : 0;
    }

    /// <summary>Drops the windows in which nothing was counted since <paramref name="beforeUtc"/>; what is a state stays.</summary>
    public async Task DropOldAsync(DateTimeOffset beforeUtc, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Counters);
        var state = TableKeys.Counter(CounterNames.StoredBytes, CounterNames.Now);
        await table.RemoveAsync(TableClient.CreateQueryFilter($"Timestamp lt {beforeUtc} and RowKey ne {state}"), cancellationToken);
    }

    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Counters);
        await table.RemovePartitionAsync(tenantId.Value, cancellationToken);
    }

    /// <summary>Notes a state that is measured as a whole.</summary>
    public async Task SetAsync(TenantId tenantId, string counter, string window, long value, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Counters);
        var entity = new TableEntity(tenantId.Value, TableKeys.Counter(counter, window)) { [ValueColumn] = value };
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    private static async Task<bool> TryWriteAsync(
        TableClient table,
        TenantId tenantId,
        string counter,
        string window,
        long value,
        NullableResponse<TableEntity> found,
        CancellationToken cancellationToken
    )
    {
        var entity = new TableEntity(tenantId.Value, TableKeys.Counter(counter, window)) { [ValueColumn] = value };
        try
        {
            if (found.HasValue)
            {
                await table.UpdateEntityAsync(entity, found.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
            }
            else
            {
                await table.AddEntityAsync(entity, cancellationToken);
            }

            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            return false;
        }
    }
}
