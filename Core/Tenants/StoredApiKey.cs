using Marketline.Core.Naming;

namespace Marketline.Core.Tenants;

/// <summary>A key as the table knows it.</summary>
/// <param name="SecretHash">See <see cref="ApiKey.Hash"/>.</param>
public sealed record StoredApiKey(string Id, TenantId TenantId, byte[] SecretHash, bool IsRevoked)
{
    public int SchemaVersion { get; init; } = 1;
}
