using Azure.Data.Tables;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Storage.Tables;

/// <summary>API keys by id: a partition per key, since a request knows nothing but the key.</summary>
public sealed class TableApiKeyStore(TableProvider tables)
{
    private const string Row = "key";

    public async Task AddAsync(StoredApiKey key, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.ApiKeys);
        var entity = new TableEntity(key.Id, Row)
        {
            [nameof(StoredApiKey.SchemaVersion)] = key.SchemaVersion,
            [nameof(StoredApiKey.TenantId)] = key.TenantId.Value,
            [nameof(StoredApiKey.SecretHash)] = key.SecretHash,
            [nameof(StoredApiKey.IsRevoked)] = key.IsRevoked,
        };
        await table.AddEntityAsync(entity, cancellationToken);
    }

    public async Task<StoredApiKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var table = await tables.GetAsync(TableNames.ApiKeys);
        var found = await table.GetEntityIfExistsAsync<TableEntity>(id, Row, cancellationToken: cancellationToken);
        if (!found.HasValue)
        {
            return null;
        }

        var entity = found.Value!;
        return new StoredApiKey(
            id,
            TenantId.Parse(entity.Text(nameof(StoredApiKey.TenantId))),
            entity.GetBinary(nameof(StoredApiKey.SecretHash)) ?? [],
            entity.GetBoolean(nameof(StoredApiKey.IsRevoked)) ?? false
        )
        {
            SchemaVersion = entity.GetInt32(nameof(StoredApiKey.SchemaVersion)) ?? 1,
        };
    }
}
