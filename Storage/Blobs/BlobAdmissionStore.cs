using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Storage.Blobs.Models;
using Marketline.Core.Admission;
using Marketline.Core.Naming;

namespace Marketline.Storage.Blobs;

/// <summary>
/// Admission's pools, shared by all workers: a pool's ledger is one blob, replaced under its ETag, so two workers can never both
/// grant the last place; a pool without tickets is no blob. In blobs, not in tables, so that a run goes on while the tables are
/// away. What arrives together at this worker is written together.
/// </summary>
public sealed class BlobAdmissionStore(BlobContainers containers, TimeProvider time) : ITenantData
{
    private readonly ConcurrentDictionary<string, PoolTurns> _pools = new();

    /// <remarks>The change is made even if <paramref name="cancellationToken"/> ends the wait for its answer.</remarks>
    public async Task<AdmissionAnswer> ApplyAsync(AdmissionPool pool, AdmissionChange change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turns = _pools.GetOrAdd(pool.Name, name => new PoolTurns(name, containers, time));
        return await turns.ApplyAsync(pool, change).WaitAsync(cancellationToken);
    }

    /// <summary>The tickets of a pool as they stand, expired ones too.</summary>
    public async Task<AdmissionLedger> ReadAsync(string pool, CancellationToken cancellationToken)
    {
        var ledger = new BlobLedger(await containers.GetSystemAsync(), pool);
        return (await ledger.ReadAsync(cancellationToken)).Ledger;
    }

    /// <summary>The pools that have tickets.</summary>
    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var container = await containers.GetSystemAsync();
        var names = container.GetBlobsAsync(BlobTraits.None, BlobStates.None, BlobNames.AdmissionFolder + prefix, cancellationToken);
        await foreach (var item in names)
        {
            yield return BlobNames.AdmissionPoolOf(item.Name);
        }
    }

    /// <summary>Drops the tenant's pool of runs. What it may still have in the pool of batches expires.</summary>
    public Task RemoveAllAsync(TenantId tenantId, CancellationToken cancellationToken) => RemoveAsync(AdmissionNames.Runs(tenantId), cancellationToken);

    /// <summary>Drops a pool with all its tickets.</summary>
    public async Task RemoveAsync(string pool, CancellationToken cancellationToken)
    {
        var container = await containers.GetSystemAsync();
        await container.GetBlobClient(BlobNames.Admission(pool)).DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }
}
