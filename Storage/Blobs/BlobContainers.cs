using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using Marketline.Core.Naming;

namespace Marketline.Storage.Blobs;

/// <summary>The containers: one per tenant and one for the system, each created once per process at the most.</summary>
public sealed class BlobContainers(BlobServiceClient client) : ITenantData
{
    private readonly ConcurrentDictionary<string, Lazy<Task<BlobContainerClient>>> _containers = new();

    /// <summary>Creates the tenant's container when it is not there.</summary>
    public Task EnsureCreatedAsync(TenantId tenantId) => GetAsync(tenantId);

    /// <summary>Removes the tenant's container with all that is in it.</summary>
    public async Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var name = BlobNames.Container(tenantId);
        await client.GetBlobContainerClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        _containers.TryRemove(name, out _);
    }

    internal Task<BlobContainerClient> GetAsync(TenantId tenantId) => GetAsync(BlobNames.Container(tenantId));

    internal Task<BlobContainerClient> GetSystemAsync() => GetAsync(BlobNames.SystemContainer);

    private async Task<BlobContainerClient> GetAsync(string name)
    {
        var creation = _containers.GetOrAdd(name, key => new Lazy<Task<BlobContainerClient>>(() => CreateAsync(key)));
        try
        {
            return await creation.Value;
        }
        catch
        {
            // A failed creation is not kept: the next caller tries again.
            _containers.TryRemove(new KeyValuePair<string, Lazy<Task<BlobContainerClient>>>(name, creation));
            throw;
        }
    }

    private async Task<BlobContainerClient> CreateAsync(string name)
    {
        var container = client.GetBlobContainerClient(name);
        await container.CreateIfNotExistsAsync();
        return container;
    }
}
