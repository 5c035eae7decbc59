using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Storage.Tables;

public sealed class TableTenantStore(TableProvider tables)
{
    /// <returns>False when the id is taken: ids are never reused.</returns>
    public async Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Tenants);
        var entity = new TableEntity(TableKeys.TenantPartition, tenant.TenantId.Value)
        {
            [nameof(Tenant.SchemaVersion)] = tenant.SchemaVersion,
            [nameof(Tenant.DisplayName)] = tenant.DisplayName,
            [nameof(Tenant.CreatedUtc)] = tenant.CreatedUtc,
        };
        try
        {
            await table.AddEntityAsync(entity, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            return false;
        }
    }

    public async Task<Tenant?> FindAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Tenants);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.TenantPartition,
            tenantId.Value,
            cancellationToken: cancellationToken
        );
        return found.HasValue ? Read(found.Value!) : null;
    }

    private static Tenant Read(TableEntity entity) =>
        new()
        {
            SchemaVersion = entity.GetInt32(nameof(Tenant.SchemaVersion)) ?? 1,
            TenantId = TenantId.Parse(entity.RowKey),
            DisplayName = entity.GetString(nameof(Tenant.DisplayName)) ?? "",
            CreatedUtc = entity.GetDateTimeOffset(nameof(Tenant.CreatedUtc)) ?? default,
        };
}
