using System.Collections.Concurrent;
using Azure.Data.Tables;

namespace Marketline.Storage.Tables;

/// <summary>The tables, each created once per process at the most.</summary>
public sealed class TableProvider(TableServiceClient service)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<TableClient>>> _tables = new();

    public async Task<TableClient> GetAsync(string name)
    {
        var creation = _tables.GetOrAdd(name, key => new Lazy<Task<TableClient>>(() => CreateAsync(key)));
        try
        {
            return await creation.Value;
        }
        catch
        {
            // A failed creation is not kept: the next caller tries again.
            _tables.TryRemove(new KeyValuePair<string, Lazy<Task<TableClient>>>(name, creation));
            throw;
        }
    }

    /// <summary>For reading what somebody names, such as a month: no request may make tables.</summary>
    /// <returns>Null when there is no such table.</returns>
    public async Task<TableClient?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_tables.ContainsKey(name))
        {
            return await GetAsync(name);
        }

        var filter = TableServiceClient.CreateQueryFilter($"TableName eq {name}");
        await foreach (var _ in service.QueryAsync(filter, cancellationToken: cancellationToken))
        {
            return await GetAsync(name);
        }

        return null;
    }

    private async Task<TableClient> CreateAsync(string name)
    {
        var table = service.GetTableClient(name);
        await table.CreateIfNotExistsAsync();
        return table;
    }
}
