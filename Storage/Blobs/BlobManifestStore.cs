using System.Text.Json;
using Azure;
using Azure.Storage.Blobs.Models;
using Marketline.Core.Datasets;
using Marketline.Core.Json;
using Marketline.Core.Naming;

namespace Marketline.Storage.Blobs;

/// <summary>The manifests of a tenant's gold datasets.</summary>
public sealed class BlobManifestStore(BlobContainers containers)
{
    /// <summary>The current manifest, or null when the dataset was never written.</summary>
    public async Task<VersionedManifest?> ReadAsync(
        TenantId tenantId,
        string dataset,
        CancellationToken cancellationToken
    )
    {
        var blob = (await containers.GetAsync(tenantId)).GetBlobClient(BlobNames.Manifest(dataset));
        try
        {
            var download = await blob.DownloadContentAsync(cancellationToken);
            var manifest = JsonSerializer.Deserialize<DatasetManifest>(download.Value.Content, JsonFormat.Options)!;
            return new VersionedManifest(manifest, download.Value.Details.ETag.ToString());
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    /// <param name="expectedETag">The version this one was made from; null when there was none.</param>
    /// <returns>False when somebody else swapped in between.</returns>
    public async Task<bool> TrySwapAsync(
        TenantId tenantId,
        DatasetManifest manifest,
        string? expectedETag,
        CancellationToken cancellationToken
    )
    {
        var blob = (await containers.GetAsync(tenantId)).GetBlobClient(BlobNames.Manifest(manifest.Dataset));
        var conditions = expectedETag is null
            ? new BlobRequestConditions { IfNoneMatch = ETag.All }
            : new BlobRequestConditions { IfMatch = new ETag(expectedETag) };
        var content = BinaryData.FromObjectAsJson(manifest, JsonFormat.Options);
        try
        {
            await blob.UploadAsync(content, new BlobUploadOptions { Conditions = conditions }, cancellationToken);
            return true;
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            return false;
        }
    }
}
