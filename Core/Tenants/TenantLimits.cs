namespace Marketline.Core.Tenants;

/// <summary>What a tenant may take of the installation. They hold over all workers.</summary>
public sealed record TenantLimits
{
    /// <summary>Runs that go on at a time; more of them wait in the tenant's queue.</summary>
    public int MaxActiveRuns { get; init; } = 20;

    /// <summary>Batches that are crawled or cleaned at a time.</summary>
    public int MaxBatchesInFlight { get; init; } = 8;

    /// <summary>Pages fetched per UTC day; the batches beyond end as failed with the reason <c>quota-pages</c>.</summary>
    public long MaxPagesPerDay { get; init; } = 5_000_000;

    /// <summary>Bytes in the tenant's container; above it no run starts.</summary>
    public long MaxStoredBytes { get; init; } = 100L * 1024 * 1024 * 1024;

    public int MaxRequestsPerMinute { get; init; } = 6_000;

    /// <summary>The tenant's share when work queues, relative to the others': a tenant of weight 2 gets twice as much as one of weight 1.</summary>
    public int Weight { get; init; } = 1;
}
