using Marketline.Core.Naming;

namespace Marketline.Core.Tenants;

/// <summary>A key as the table knows it.</summary>
public sealed record StoredApiKey
{
    public int SchemaVersion { get; init; } = 2;

    public required string Id { get; init; }

    /// <summary>Null for an <see cref="AccessRole.Admin"/> key.</summary>
    public TenantId? TenantId { get; init; }

    public required AccessRole Role { get; init; }

    /// <summary>What a person calls it.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="ApiKey.Hash"/>.</summary>
    public required byte[] SecretHash { get; init; }

    public required DateTimeOffset CreatedUtc { get; init; }

    public DateTimeOffset? ExpiresUtc { get; init; }

    public DateTimeOffset? RevokedUtc { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedUtc { get; init; }

    public bool IsValidAt(DateTimeOffset utc) => (RevokedUtc is null || RevokedUtc > utc) && (ExpiresUtc is null || ExpiresUtc > utc);
}
