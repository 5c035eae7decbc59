using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Access;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Keys;

/// <summary>
/// Makes, lists, rotates and revokes keys: a tenant's for its owners and the operator, the operator's for its own. Nobody gets
/// to a key of somebody else: it is as if it was not there.
/// </summary>
public sealed class KeyDesk(TableApiKeyStore keys, ApiAccess access, TimeProvider time)
{
    public const int MaxKeyCount = 100;

    private const int MaxNameLength = 100;

    internal async Task<IResult> ListAsync(HttpRequest request, TenantId? tenantId, CancellationToken cancellationToken)
    {
        var list = new List<KeyView>();
        await foreach (var key in keys.ListAsync(tenantId, cancellationToken))
        {
            list.Add(KeyView.Of(key));
        }

        return Http.Answers.Json(request, new KeyList([.. list.OrderByDescending(key => key.CreatedUtc)]));
    }

    internal async Task<IResult> CreateAsync(HttpRequest request, TenantId? tenantId, NewKey? wanted, CancellationToken cancellationToken)
    {
        var problems = Check(wanted, tenantId);
        if (problems.Count > 0)
        {
            return Problems.Invalid(problems);
        }

        var validCount = 0;
        await foreach (var other in keys.ListAsync(tenantId, cancellationToken))
        {
            validCount += other.IsValidAt(time.GetUtcNow()) ? 1 : 0;
        }

        if (validCount >= MaxKeyCount)
        {
            return Problems.Conflict($"There are {MaxKeyCount} keys already.", "Revoke those that nobody uses: GET /api/keys tells when each was last used.");
        }

        var role = tenantId is null ? AccessRole.Admin : wanted!.Role!.Value;
        var key = ApiKey.Create();
        var stored = access.Store(key, tenantId, role, wanted!.Name!, wanted.ExpiresUtc);
        await keys.AddAsync(stored, cancellationToken);
        return Created(request, key, stored);
    }

    /// <summary>A new secret under a new id with the same name, role and expiry; the old key is revoked, at once or after a while.</summary>
    internal async Task<IResult> RotateAsync(
        HttpRequest request,
        TenantId? tenantId,
        string keyId,
        TimeSpan overlap,
        CancellationToken cancellationToken
    )
    {
        var nowUtc = time.GetUtcNow();
        if (await FindAsync(tenantId, keyId, cancellationToken) is not { } old || !old.IsValidAt(nowUtc))
        {
            return NotFound(keyId);
        }

        var key = ApiKey.Create();
        var stored = access.Store(key, tenantId, old.Role, old.Name, old.ExpiresUtc);
        await keys.AddAsync(stored, cancellationToken);
        var isMine = false;
        await keys.UpdateAsync(
            keyId,
            found =>
            {
                isMine = found.RevokedUtc is null;
                return isMine ? found with { RevokedUtc = nowUtc + overlap } : found;
            },
            cancellationToken
        );
        if (isMine)
        {
            return Created(request, key, stored);
        }

        // Once for each key: during the overlap it would make as many keys as somebody likes.
        await keys.UpdateAsync(stored.Id, found => found with { RevokedUtc = nowUtc }, cancellationToken);
        return Problems.Conflict("The key was rotated already.", "It works for its last minute: use the key that took its place.");
    }

    internal async Task<IResult> RevokeAsync(TenantId? tenantId, string keyId, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenantId, keyId, cancellationToken) is null)
        {
            return NotFound(keyId);
        }

        var nowUtc = time.GetUtcNow();
        await keys.UpdateAsync(keyId, found => found.IsValidAt(nowUtc) ? found with { RevokedUtc = nowUtc } : found, cancellationToken);
        return Results.NoContent();
    }

    private async Task<StoredApiKey?> FindAsync(TenantId? tenantId, string keyId, CancellationToken cancellationToken)
    {
        var isId = keyId.Length == 16 && keyId.All(char.IsAsciiHexDigitLower);
        var found = isId ? await keys.FindAsync(keyId, cancellationToken) : null;
        return found?.TenantId == tenantId ? found : null;
    }

    private Dictionary<string, string[]> Check(NewKey? wanted, TenantId? tenantId)
    {
        var problems = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(wanted?.Name) || wanted.Name.Length > MaxNameLength)
        {
            problems["name"] = [$"1 to {MaxNameLength} characters are expected."];
        }

        if (tenantId is not null && wanted?.Role is not (AccessRole.Reader or AccessRole.Owner))
        {
            problems["role"] = ["'Reader' or 'Owner' is expected."];
        }

        if (wanted?.ExpiresUtc <= time.GetUtcNow())
        {
            problems["expiresUtc"] = ["A time to come is expected, or nothing."];
        }

        return problems;
    }

    private static IResult Created(HttpRequest request, ApiKey key, StoredApiKey stored)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(new CreatedKey(key.Reveal(), KeyView.Of(stored)), Core.Json.JsonFormat.Options, statusCode: 201);
    }

    /// <summary>Does not repeat what is no id: it may be a whole key.</summary>
    private static IResult NotFound(string keyId) =>
        Problems.NotFound(keyId.Length <= 16 ? $"The key '{keyId}'" : "That key", "List the keys to see their ids; the id is what stands between 'mk_' and the second '_'.");
}
