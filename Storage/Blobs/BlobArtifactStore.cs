using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Marketline.Core.Naming;
using Marketline.Core.Storage;

namespace Marketline.Storage.Blobs;

/// <summary>A tenant's blobs by name. Writing the same name again replaces the blob as a whole.</summary>
public sealed class BlobArtifactStore(BlobContainers containers)
{
    /// <summary>
    /// Up to 4 MiB before version 2022-11-02 (https://learn.microsoft.com/rest/api/storageservices/append-block); a multiple of what is
    /// appended, so that no entry is torn by a stop between two blocks.
    /// </summary>
    private const int AppendBlockBytes = 4_000_000;

    private static readonly BlobUploadOptions NoOptions = new();

    public async Task WriteAsync(TenantId tenantId, string name, Stream content, CancellationToken cancellationToken)
    {
        var blob = await BlobAsync(tenantId, name);
        await blob.UploadAsync(content, NoOptions, cancellationToken);
    }

    public async Task WriteFileAsync(TenantId tenantId, string name, string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await WriteAsync(tenantId, name, file, cancellationToken);
    }

    /// <summary>
    /// Adds to the end of a blob that is written by this only, in at most 50 000 blocks in all. A retry may add the same content twice.
    /// </summary>
    /// <param name="isNew">The blob begins with this, whatever it held.</param>
    public async Task AppendAsync(TenantId tenantId, string name, ReadOnlyMemory<byte> content, bool isNew, CancellationToken cancellationToken)
    {
        var blob = (await containers.GetAsync(tenantId)).GetAppendBlobClient(name);
        if (isNew)
        {
            await blob.CreateAsync(new AppendBlobCreateOptions(), cancellationToken);
        }
        else
        {
            await blob.CreateIfNotExistsAsync(new AppendBlobCreateOptions(), cancellationToken);
        }

        for (var rest = content; rest.Length > 0; rest = rest[Math.Min(rest.Length, AppendBlockBytes)..])
        {
            using var block = BinaryData.FromBytes(rest[..Math.Min(rest.Length, AppendBlockBytes)]).ToStream();
            await blob.AppendBlockAsync(block, new AppendBlobAppendBlockOptions(), cancellationToken);
        }
    }

    /// <exception cref="BlobMissingException">The blob is not there.</exception>
    public async Task<Stream> OpenReadAsync(TenantId tenantId, string name, CancellationToken cancellationToken)
    {
        var blob = await BlobAsync(tenantId, name);
        try
        {
            var download = await blob.DownloadStreamingAsync(cancellationToken: cancellationToken);
            return download.Value.Content;
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            throw new BlobMissingException(name, failure);
        }
    }

    /// <exception cref="BlobMissingException">The blob is not there.</exception>
    public async Task ReadToFileAsync(TenantId tenantId, string name, string path, CancellationToken cancellationToken)
    {
        await using var content = await OpenReadAsync(tenantId, name, cancellationToken);
        await using var file = File.Create(path);
        await content.CopyToAsync(file, cancellationToken);
    }

    /// <summary>Copies a blob within the tenant's container, streaming.</summary>
    /// <returns>False when there is none; what stood under the other name is gone then as well.</returns>
    public async Task<bool> TryCopyAsync(TenantId tenantId, string from, string to, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await OpenReadAsync(tenantId, from, cancellationToken);
            await WriteAsync(tenantId, to, content, cancellationToken);
            return true;
        }
        catch (BlobMissingException)
        {
            await DeleteIfExistsAsync(tenantId, to, cancellationToken);
            return false;
        }
    }

    public async Task<bool> ExistsAsync(TenantId tenantId, string name, CancellationToken cancellationToken)
    {
        var blob = await BlobAsync(tenantId, name);
        return await blob.ExistsAsync(cancellationToken);
    }

    public async Task DeleteIfExistsAsync(TenantId tenantId, string name, CancellationToken cancellationToken)
    {
        var blob = await BlobAsync(tenantId, name);
        await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
    }

    /// <summary>The names that start with <paramref name="prefix"/>, in order.</summary>
    public async IAsyncEnumerable<string> ListAsync(
        TenantId tenantId,
        string prefix,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var container = await containers.GetAsync(tenantId);
        await foreach (
            var item in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, cancellationToken)
        )
        {
            yield return item.Name;
        }
    }

    private async Task<BlobClient> BlobAsync(TenantId tenantId, string name) =>
        (await containers.GetAsync(tenantId)).GetBlobClient(name);
}
