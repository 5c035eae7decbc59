using Marketline.Core.Tenants;

namespace Marketline.Functions.Http.Keys;

/// <summary>A key as lists show it: everything but the secret.</summary>
/// <param name="Preview">What of it may be shown: <c>mk_&lt;id&gt;_…</c>.</param>
/// <param name="LastUsedUtc">To the minute.</param>
internal sealed record KeyView(
    string KeyId,
    string Preview,
    string Name,
    AccessRole Role,
    DateTimeOffset CreatedUtc,
    DateTimeOffset? ExpiresUtc,
    DateTimeOffset? RevokedUtc,
    DateTimeOffset? LastUsedUtc
)
{
    public static KeyView Of(StoredApiKey key) =>
        new(key.Id, $"mk_{key.Id}_…", key.Name, key.Role, key.CreatedUtc, key.ExpiresUtc, key.RevokedUtc, key.LastUsedUtc);
}
