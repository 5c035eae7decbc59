using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Sas;
using Marketline.Core.Naming;

namespace Marketline.Storage.Blobs;

/// <summary>
/// Lets a tenant read its own container with its own tools: a shared access signature to read and list, for this container and no
/// longer than an hour. With a managed identity it is signed with a user-delegation key, so that no account key exists anywhere;
/// with a connection string with the account's key. It spans the whole container: a signature for single zones needs an account
/// with a hierarchical namespace.
/// </summary>
public sealed class BlobContainerAccess(BlobServiceClient client, BlobContainers containers, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(1);

    private static readonly TimeSpan KeyLifetime = TimeSpan.FromHours(4);

    /// <summary>Above <see cref="MaxLifetime"/>: a signature ends with its key.</summary>
    private static readonly TimeSpan MinKeyRest = TimeSpan.FromMinutes(75);

    /// <summary>The service's clock may be behind this one.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _renewal = new(1, 1);
    private UserDelegationKey? _key;

    public async Task<ContainerAccess> GrantAsync(TenantId tenantId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, MaxLifetime);
        var container = await containers.GetAsync(tenantId);
        var expiresUtc = time.GetUtcNow() + lifetime;
        // No start: it would have to lie before the clocks of all who check it.
        var sas = new BlobSasBuilder(BlobContainerSasPermissions.Read | BlobContainerSasPermissions.List, expiresUtc)
        {
            BlobContainerName = container.Name,
            Resource = "c",
            Protocol = container.Uri.Scheme == Uri.UriSchemeHttps ? SasProtocol.Https : SasProtocol.HttpsAndHttp,
        };
        var url = container.CanGenerateSasUri
            ? container.GenerateSasUri(sas)
            : new BlobUriBuilder(container.Uri)
            {
                Sas = sas.ToSasQueryParameters(await KeyAsync(cancellationToken), client.AccountName),
            }.ToUri();
        return new ContainerAccess(container.Uri, url, expiresUtc);
    }

    public void Dispose() => _renewal.Dispose();

    private async Task<UserDelegationKey> KeyAsync(CancellationToken cancellationToken)
    {
        await _renewal.WaitAsync(cancellationToken);
        try
        {
            var nowUtc = time.GetUtcNow();
            if (_key is null || _key.SignedExpiresOn - nowUtc < MinKeyRest)
            {
                _key = await client.GetUserDelegationKeyAsync(nowUtc - ClockSkew, nowUtc + KeyLifetime, cancellationToken);
            }

            return _key;
        }
        finally
        {
            _renewal.Release();
        }
    }
}
