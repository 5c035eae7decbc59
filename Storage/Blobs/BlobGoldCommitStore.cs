using System.Text.Json;
using Marketline.Core.Aggregate;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Storage;

namespace Marketline.Storage.Blobs;

/// <summary>
/// Makes a run's gold files current: one writer at a time per tenant, all datasets or none. The commit is written first
/// (under the lease), then carried out; whoever takes the lock next carries out what a dead worker left.
/// </summary>
public sealed class BlobGoldCommitStore(
    BlobContainers containers,
    BlobArtifactStore artifacts,
    BlobManifestStore manifests,
    TimeProvider time
)
{
    /// <returns>The tenant's gold lock, with nothing left undone; null when another run has it.</returns>
    public async Task<LeasedRecord<GoldCommit>?> TryAcquireAsync(TenantId tenantId, CancellationToken cancellationToken)
    {
        var blob = (await containers.GetAsync(tenantId)).GetBlobClient(BlobNames.GoldLock);
        var held = await LeasedRecord<GoldCommit>.TryAcquireAsync(blob, time, cancellationToken);
        if (held?.State is { } undone)
        {
            await CarryOutAsync(held, undone, cancellationToken);
        }

        return held;
    }

    public async Task CommitAsync(
        LeasedRecord<GoldCommit> held,
        GoldCommit commit,
        CancellationToken cancellationToken
    )
    {
        await held.SaveAsync(commit, cancellationToken);
        await CarryOutAsync(held, commit, cancellationToken);
    }

    /// <summary>The result of a run's gold step; null when it was not committed.</summary>
    public async Task<AggregateOutput?> FindResultAsync(RunRef run, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await artifacts.OpenReadAsync(
                run.TenantId,
                BlobNames.GoldResult(run),
                cancellationToken
            );
            return await JsonSerializer.DeserializeAsync<AggregateOutput>(stream, JsonFormat.Options, cancellationToken);
        }
        catch (BlobMissingException)
        {
            return null;
        }
    }

    private async Task CarryOutAsync(
        LeasedRecord<GoldCommit> held,
        GoldCommit commit,
        CancellationToken cancellationToken
    )
    {
        foreach (var manifest in commit.Manifests)
        {
            var current = await manifests.ReadAsync(commit.Run.TenantId, manifest.Dataset, cancellationToken);
            if (current is null || current.Manifest.Version < manifest.Version)
            {
                await manifests.TrySwapAsync(commit.Run.TenantId, manifest, current?.ETag, cancellationToken);
            }
        }

        using var result = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(commit.Result, JsonFormat.Options));
        await artifacts.WriteAsync(commit.Run.TenantId, BlobNames.GoldResult(commit.Run), result, cancellationToken);
        await held.SaveAsync(null, cancellationToken);
    }
}
