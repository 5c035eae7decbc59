using Azure;
using Azure.Storage.Blobs.Models;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Storage.Blobs;

/// <summary>
/// Hands the first admin key over: a blob in the system container, which only those can read who may read the data account.
/// It is removed when the key is used for the first time, so it is shown once.
/// </summary>
public sealed class BlobFirstKeyStore(BlobContainers containers)
{
    /// <summary>Puts a new key there; the one that another worker has put there is kept.</summary>
    /// <returns>The key that lies there; null when somebody has used it and it is gone.</returns>
    public async Task<ApiKey?> OfferAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var blob = (await containers.GetSystemAsync()).GetBlobClient(BlobNames.FirstAdminKey);
        var onlyIfAbsent = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            await blob.UploadAsync(BinaryData.FromString(key.Reveal()), onlyIfAbsent, cancellationToken);
            return key;
        }
        catch (RequestFailedException failure) when (failure.Status is 409 or 412)
        {
            return await ReadAsync(cancellationToken) is not { } text ? null
                : ApiKey.TryParse(text, out var other) ? other
                : throw new InvalidDataException($"The blob {BlobNames.SystemContainer}/{BlobNames.FirstAdminKey} holds no API key: delete it.");
        }
    }

    /// <returns>Null when it was used, or when there is none.</returns>
    public async Task<ApiKey?> FindAsync(CancellationToken cancellationToken) =>
        ApiKey.TryParse(await ReadAsync(cancellationToken), out var key) ? key : null;

    /// <summary>Removes the key with this id; another one stays.</summary>
    public async Task RemoveAsync(string keyId, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } key && key.Id == keyId)
        {
            var blob = (await containers.GetSystemAsync()).GetBlobClient(BlobNames.FirstAdminKey);
            await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
    }

    private async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var blob = (await containers.GetSystemAsync()).GetBlobClient(BlobNames.FirstAdminKey);
        try
        {
            var content = await blob.DownloadContentAsync(cancellationToken);
            return content.Value.Content.ToString();
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }
}
