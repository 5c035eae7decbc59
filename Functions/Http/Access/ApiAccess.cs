using System.Security.Cryptography;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Storage.Caching;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Marketline.Functions.Http.Access;

/// <summary>
/// Tells whose key a request carries (<c>Authorization: Bearer mk_…</c> or <c>X-Api-Key</c>). Keys are cached for
/// <see cref="CacheTime"/>, so a revoked one works no longer than that on any worker.
/// </summary>
public sealed class ApiAccess(TableApiKeyStore keys, IOptions<AccessOptions> options, TimeProvider time) : IDisposable
{
    internal static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(20);

    private const int MaxCachedKeyCount = 10_000;

    private readonly byte[] _pepper = Convert.FromBase64String(options.Value.Pepper);
    private readonly ApiKey _operatorKey = ApiKey.TryParse(options.Value.OperatorKey, out var key)
        ? key
        : throw new InvalidOperationException("Access:OperatorKey is no API key.");

    private readonly TimedCache<string, StoredApiKey> _cache = new(CacheTime, MaxCachedKeyCount, time);

    /// <returns>Null when there is no key, or none that is valid.</returns>
    public async Task<Caller?> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!ApiKey.TryParse(Presented(request), out var key))
        {
            return null;
        }

        var hash = key.Hash(_pepper);
        if (key.Id == _operatorKey.Id)
        {
            var isOperator = CryptographicOperations.FixedTimeEquals(hash, _operatorKey.Hash(_pepper));
            return isOperator ? new Caller(TenantId: null) : null;
        }

        var stored = await _cache.GetAsync(key.Id, token => keys.FindAsync(key.Id, token), cancellationToken);
        return stored?.IsValidAt(time.GetUtcNow()) == true && CryptographicOperations.FixedTimeEquals(hash, stored.SecretHash)
            ? new Caller(stored.TenantId)
            : null;
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

    public void Dispose() => _cache.Dispose();

    private static string? Presented(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? authorization["Bearer ".Length..].Trim()
            : request.Headers["X-Api-Key"].ToString();
    }
}
