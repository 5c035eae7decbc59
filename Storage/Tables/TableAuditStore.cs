using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Marketline.Core.Audit;
using Marketline.Core.Naming;

namespace Marketline.Storage.Tables;

/// <summary>The audit log, a partition a month, the newest first. It outlives the tenants it tells of.</summary>
public sealed class TableAuditStore(TableProvider tables)
{
    private const string Column = "Entry";
    private const string TenantColumn = nameof(AuditEntry.TenantId);
    private const string DeletedColumn = "DeletedUtc";

    /// <summary>Writes the entry; once more with the same id replaces it.</summary>
    public async Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Audit);
        var entity = new TableEntity(TableKeys.AuditPartition(DateOnly.FromDateTime(entry.AtUtc.UtcDateTime)), TableKeys.AuditRow(entry.AtUtc, entry.Id))
        {
            [TenantColumn] = entry.TenantId,
            [Column] = JsonColumn.Write(entry),
        };
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <summary>Notes that a tenant's id was used: it is never given again.</summary>
    public async Task BuryAsync(TenantId tenantId, DateTimeOffset deletedUtc, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Audit);
        var entity = new TableEntity(TableKeys.DeletedTenantPartition, tenantId.Value) { [DeletedColumn] = deletedUtc };
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <returns>When the tenant was deleted; null when it was not.</returns>
    public async Task<DateTimeOffset?> DeletedUtcAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Audit);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.DeletedTenantPartition,
            tenantId.Value,
            cancellationToken: cancellationToken
        );
        return found.HasValue ? found.Value!.GetDateTimeOffset(DeletedColumn) : null;
    }

    /// <summary>Tenants deleted since then.</summary>
    public async IAsyncEnumerable<TenantId> ListDeletedAsync(DateTimeOffset sinceUtc, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Audit);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.DeletedTenantPartition} and DeletedUtc ge {sinceUtc}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return TenantId.Parse(entity.RowKey);
        }
    }

    /// <param name="tenantId">Null: of all tenants, and what concerns none.</param>
    public async IAsyncEnumerable<AuditEntry> ListAsync(
        DateOnly month,
        string? tenantId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.Audit);
        var partition = TableKeys.AuditPartition(month);
        var filter = tenantId is null
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition} and TenantId eq {tenantId}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return JsonColumn.Read<AuditEntry>(entity, Column);
        }
    }
}
