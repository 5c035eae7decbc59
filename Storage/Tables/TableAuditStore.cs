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

    /// <summary>Writes the entry; once more with the same id replaces it.</summary>
    public async Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Audit);
        var entity = new TableEntity(TableKeys.AuditPartition(entry.AtUtc), TableKeys.AuditRow(entry.AtUtc, entry.Id))
        {
            [TenantColumn] = entry.TenantId,
            [Column] = JsonColumn.Write(entry),
        };
        await table.UpsertEntityAsync(entity, TableUpdateMode.Replace, cancellationToken);
    }

    /// <param name="tenantId">Null: of all tenants, and what concerns none.</param>
    public async IAsyncEnumerable<AuditEntry> ListAsync(
        DateTimeOffset month,
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
