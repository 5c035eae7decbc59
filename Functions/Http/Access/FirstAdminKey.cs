using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Http.Access;

/// <summary>
/// The first admin key, made when the installation has none. Several workers that start together, or one that stops between
/// two steps, make one key: the blob decides which.
/// </summary>
internal sealed partial class FirstAdminKey(
    TableApiKeyStore keys,
    BlobFirstKeyStore handover,
    ApiAccess access,
    ILogger<FirstAdminKey> logger
)
{
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (await IsThereAnyAsync(exceptId: null, cancellationToken))
        {
            return;
        }

        if (await handover.OfferAsync(ApiKey.Create(), cancellationToken) is not { } key)
        {
            // Another worker was quicker, and its key is in use already.
            return;
        }

        if (await IsThereAnyAsync(exceptId: key.Id, cancellationToken))
        {
            // As above, but between the two looks.
            await handover.RemoveAsync(key.Id, cancellationToken);
            return;
        }

        await keys.AddAsync(access.Store(key, tenantId: null, AccessRole.Admin, "first admin key"), cancellationToken);
        LogMade(key.Id, BlobNames.SystemContainer, BlobNames.FirstAdminKey);
    }

    private async Task<bool> IsThereAnyAsync(string? exceptId, CancellationToken cancellationToken)
    {
        await foreach (var key in keys.ListAsync(tenantId: null, cancellationToken))
        {
            if (key.Id != exceptId)
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(LogLevel.Warning, "The first admin key ({KeyId}) lies in the blob {Container}/{Blob} until it is used: fetch it now.")]
    private partial void LogMade(string keyId, string container, string blob);
}
