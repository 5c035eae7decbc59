namespace Marketline.Core.Tenants;

/// <summary>What a tenant takes of the installation, beside what it may take.</summary>
public sealed record TenantUsage
{
    /// <summary>Measured within the hour after a run, else once a day; null: not yet.</summary>
    public StoredBytes? Stored { get; init; }

    /// <summary>Pages of this UTC day. Workers take them in portions, so up to a portion each may not be fetched yet.</summary>
    public required long PagesToday { get; init; }

    /// <summary>API requests of this minute, likewise.</summary>
    public required long RequestsThisMinute { get; init; }

    public required TenantLimits Limits { get; init; }
}
