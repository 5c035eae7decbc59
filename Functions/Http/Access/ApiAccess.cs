using System.Security.Cryptography;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Storage;
using Marketline.Storage.Blobs;
using Marketline.Storage.Caching;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Marketline.Functions.Http.Access;

/// <summary>
/// Tells whose key (<c>Authorization: Bearer mk_…</c> or <c>X-Api-Key</c>) or token a request carries. Keys are cached for
/// <see cref="CacheTime"/>, so a revoked one works no longer than that on any worker.
/// </summary>
public sealed partial class ApiAccess(
    TableApiKeyStore keys,
    BlobFirstKeyStore firstKey,
    TokenAccess tokens,
    IOptions<AccessOptions> options,
    TimeProvider time,
    ILogger<ApiAccess> logger
) : IDisposable
{
    internal static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(20);

    /// <summary>How exact <see cref="StoredApiKey.LastUsedUtc"/> is: a write per key, worker and minute.</summary>
    private static readonly TimeSpan UsePrecision = TimeSpan.FromMinutes(1);

    private const int MaxCachedKeyCount = 10_000;

    private const string SendAKey = "Send a valid key as 'Authorization: Bearer mk_…' or 'X-Api-Key: mk_…'.";

    private readonly byte[] _pepper = Convert.FromBase64String(options.Value.Pepper);
    private readonly TimedCache<string, StoredApiKey> _cache = new(CacheTime, MaxCachedKeyCount, time);
    private readonly TimedCache<string, object> _noted = new(UsePrecision, MaxCachedKeyCount, time);

    public async Task<Identification> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!TryPresent(request, out var presented))
        {
            return Identification.Refused("Send one key: either 'Authorization: Bearer mk_…' or 'X-Api-Key: mk_…', once.");
        }

        if (ApiKey.TryParse(presented, out var key))
        {
            return await IdentifyAsync(key, cancellationToken);
        }

        return presented.Count(c => c == '.') == 2
            ? await tokens.IdentifyAsync(presented, cancellationToken)
            : Identification.Refused(SendAKey);
    }

    /// <summary>What is stored of a new key.</summary>
    public StoredApiKey Store(ApiKey key, TenantId? tenantId, AccessRole role, string name, DateTimeOffset? expiresUtc = null) =>
        new()
        {
            Id = key.Id,
            TenantId = tenantId,
            Role = role,
            Name = name,
            SecretHash = key.Hash(_pepper),
            CreatedUtc = time.GetUtcNow(),
            ExpiresUtc = expiresUtc,
        };

    public void Dispose()
    {
        _cache.Dispose();
        _noted.Dispose();
    }

    private async Task<Identification> IdentifyAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var stored = await _cache.GetAsync(key.Id, token => keys.FindAsync(key.Id, token), cancellationToken);
        if (stored is null || !CryptographicOperations.FixedTimeEquals(key.Hash(_pepper), stored.SecretHash))
        {
            return Identification.Refused(SendAKey);
        }

        // Only who has the secret learns what became of the key.
        if (!stored.IsValidAt(time.GetUtcNow()))
        {
            return Identification.Refused(stored.RevokedUtc is null ? "The key has expired: have it rotated." : "The key was revoked: use another one.");
        }

        await _noted.GetAsync(key.Id, token => NoteUseAsync(stored, token), cancellationToken);
        return Identification.Of(new Caller(stored.Role, stored.TenantId, stored.Id));
    }

    private async Task<object?> NoteUseAsync(StoredApiKey key, CancellationToken cancellationToken)
    {
        try
        {
            if (key is { Role: AccessRole.Admin, LastUsedUtc: null })
            {
                // Whoever uses it has it: it need not lie about any longer.
                await firstKey.RemoveAsync(key.Id, cancellationToken);
            }

            await keys.TouchAsync(key.Id, time.GetUtcNow(), cancellationToken);
        }
        catch (Exception failure) when (StorageFailures.Contains(failure))
        {
            LogUseNotNoted(failure, key.Id);
        }

        return null;
    }

    /// <returns>False when there are several: whatever stands before this app may have looked at another one.</returns>
    private static bool TryPresent(HttpRequest request, out string presented)
    {
        var authorization = request.Headers.Authorization;
        var apiKey = request.Headers["X-Api-Key"];
        presented = apiKey.ToString();
        if (authorization.Count > 1 || apiKey.Count > 1)
        {
            return false;
        }

        if (!authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var bearer = authorization.ToString()["Bearer ".Length..].Trim();
        var isOne = presented.Length == 0 || presented == bearer;
        presented = bearer;
        return isOne;
    }

    [LoggerMessage(LogLevel.Warning, "The use of key {KeyId} was not noted.")]
    private partial void LogUseNotNoted(Exception failure, string keyId);
}
