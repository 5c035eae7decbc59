using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Storage.Tables;

/// <summary>The installation's tenants. <see cref="TenantDirectory"/> answers from memory what may be seconds old.</summary>
public sealed class TableTenantStore(TableProvider tables)
{
    private const string Column = "Tenant";

    /// <returns>False when the id is taken: ids are never reused.</returns>
    public async Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Tenants);
        try
        {
            await table.AddEntityAsync(Entity(tenant), cancellationToken);
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
        var found = await FindEntityAsync(table, tenantId, cancellationToken);
        return found is null ? null : Read(found);
    }

    /// <summary>All tenants by id.</summary>
    /// <param name="after">Only ids after this one; empty: all.</param>
    public async IAsyncEnumerable<Tenant> ListAsync(string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Tenants);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.TenantPartition} and RowKey gt {after}");
        await foreach (var entity in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return Read(entity);
        }
    }

    /// <summary>Changes a tenant under its ETag, reading it again when somebody else was quicker.</summary>
    /// <returns>The changed tenant; null when there is none.</returns>
    public async Task<Tenant?> UpdateAsync(TenantId tenantId, Func<Tenant, Tenant> change, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Tenants);
        while (await FindEntityAsync(table, tenantId, cancellationToken) is { } found)
        {
            var changed = change(Read(found));
            try
            {
                await table.UpdateEntityAsync(Entity(changed), found.ETag, TableUpdateMode.Replace, cancellationToken);
                return changed;
            }
            catch (RequestFailedException failure) when (failure.Status == 412)
            {
                // Read again.
            }
        }

        return null;
    }

    public async Task RemoveAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.Tenants);
        await table.DeleteEntityAsync(TableKeys.TenantPartition, tenantId.Value, ETag.All, cancellationToken);
    }

    private static async Task<TableEntity?> FindEntityAsync(TableClient table, TenantId tenantId, CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(
            TableKeys.TenantPartition,
            tenantId.Value,
            cancellationToken: cancellationToken
        );
        return found.HasValue ? found.Value : null;
    }

    private static TableEntity Entity(Tenant tenant) =>
        new(TableKeys.TenantPartition, tenant.TenantId.Value) { [Column] = JsonColumn.Write(tenant) };

    /// <summary>Rows of schema 1 had a column per field and neither status nor limits.</summary>
    private static Tenant Read(TableEntity entity) =>
        entity.ContainsKey(Column)
            ? JsonColumn.Read<Tenant>(entity, Column)
            : new Tenant
            {
                TenantId = TenantId.Parse(entity.RowKey),
                DisplayName = entity.Text(nameof(Tenant.DisplayName)),
                CreatedUtc = entity.GetDateTimeOffset(nameof(Tenant.CreatedUtc)) ?? default,
            };
}
