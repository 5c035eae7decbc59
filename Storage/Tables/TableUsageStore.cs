using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Storage.Tables;

/// <summary>What was last measured of each tenant.</summary>
public sealed class TableUsageStore(TableProvider tables) : ITenantData
{
    private const string Column = "Stored";

    public async Task WriteAsync(TenantId tenantId, StoredBytes stored, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Usage);
        var entity = new TableEntity(tenantId.Value, TableKeys.StoredBytes) { [Column] = JsonColumn.Write(stored) };
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <returns>Null when nothing was measured yet.</returns>
    public async Task<StoredBytes?> FindAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Usage);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(tenantId.Value, TableKeys.StoredBytes, cancellationToken: cancellationToken);
        return found.HasValue ? JsonColumn.Read<StoredBytes>(found.Value!, Column) : null;
    }

    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Usage);
        await table.RemovePartitionAsync(tenantId.Value, cancellationToken);
    }
}
