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
        await foreach (var _ in keys.ListAsync(tenantId: null, cancellationToken))
        {
            return;
        }

        var key = await handover.OfferAsync(ApiKey.Create(), cancellationToken);
        await keys.AddAsync(access.Store(key, tenantId: null, AccessRole.Admin, "first admin key"), cancellationToken);
        LogMade(key.Id, BlobNames.SystemContainer, BlobNames.FirstAdminKey);
    }

    [LoggerMessage(LogLevel.Warning, "The first admin key ({KeyId}) lies in the blob {Container}/{Blob} until it is used: fetch it now.")]
    private partial void LogMade(string keyId, string container, string blob);
}
