using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Storage.Tables;

/// <summary>
/// API keys by id: a partition per key, since a request knows nothing but the key; and a partition per tenant (and one for the
/// operator) that lists the ids.
/// </summary>
public sealed class TableApiKeyStore(TableProvider tables) : ITenantData
{
    private const string Row = "key";
    private const string Column = "Key";
    private const string LastUsedColumn = nameof(StoredApiKey.LastUsedUtc);

    /// <summary>
    /// The list comes first, so that no key works that nobody can find. A key that is there already stays as it is: it may have
    /// been revoked meanwhile.
    /// </summary>
    public async Task AddAsync(StoredApiKey key, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.ApiKeys);
        var listed = new TableEntity(TableKeys.ApiKeyList(key.TenantId), key.Id);
        await table.UpsertEntityAsync(listed, TableUpdateMode.Replace, cancellationToken);
        try
        {
            await table.AddEntityAsync(Entity(key), cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 409)
        {
            // Added by another worker, or by a try of this one whose answer was lost.
        }
    }

    public async Task<StoredApiKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.ApiKeys);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(id, Row, cancellationToken: cancellationToken);
        return found.HasValue ? Read(found.Value!) : null;
    }

    /// <param name="tenantId">Null for the operator's keys.</param>
    public async IAsyncEnumerable<StoredApiKey> ListAsync(
        TenantId? tenantId,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var table = await tables.GetAsync(TableNames.ApiKeys);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {TableKeys.ApiKeyList(tenantId)}");
        await foreach (var listed in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (await FindAsync(listed.RowKey, cancellationToken) is { } key)
            {
                yield return key;
            }
        }
    }

    /// <summary>Changes a key under its ETag, reading it again when somebody else was quicker.</summary>
    /// <returns>The changed key; null when there is none.</returns>
    public async Task<StoredApiKey?> UpdateAsync(string id, Func<StoredApiKey, StoredApiKey> change, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.ApiKeys);
        while (true)
        {
            var found = await table.GetEntityIfExistsAsync<TableEntity>(id, Row, cancellationToken: cancellationToken);
            if (!found.HasValue)
            {
                return null;
            }

            var changed = change(Read(found.Value!));
            try
            {
                await table.UpdateEntityAsync(Entity(changed), found.Value!.ETag, TableUpdateMode.Replace, cancellationToken);
                return changed;
            }
            catch (RequestFailedException failure) when (failure.Status == 412)
            {
                // Read again.
            }
        }
    }

    /// <summary>Notes the use in a column of its own, so that it neither waits for nor undoes another change.</summary>
    public async Task TouchAsync(string id, DateTimeOffset usedUtc, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.ApiKeys);
        var entity = new TableEntity(id, Row) { [LastUsedColumn] = usedUtc };
        await table.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Merge, cancellationToken);
    }

    /// <summary>Removes the tenant's keys and their list.</summary>
    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.ApiKeys);
        var partition = TableKeys.ApiKeyList(tenantId);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (var listed in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            await table.DeleteEntityAsync(listed.RowKey, Row, ETag.All, cancellationToken);
            await table.DeleteEntityAsync(partition, listed.RowKey, ETag.All, cancellationToken);
        }
    }

    private static TableEntity Entity(StoredApiKey key) =>
        new(key.Id, Row) { [Column] = JsonColumn.Write(key with { LastUsedUtc = null }), [LastUsedColumn] = key.LastUsedUtc };

    private static StoredApiKey Read(TableEntity entity) =>
        JsonColumn.Read<StoredApiKey>(entity, Column) with { LastUsedUtc = entity.GetDateTimeOffset(LastUsedColumn) };
}
