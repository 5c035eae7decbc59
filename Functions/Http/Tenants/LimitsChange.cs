using Marketline.Core.Tenants;

namespace Marketline.Functions.Http.Tenants;

/// <summary>Which of a tenant's limits are to be changed.</summary>
/// <param name="MaxActiveRuns">Runs that go on at a time, 1 to 10000.</param>
/// <param name="MaxBatchesInFlight">Batches that are crawled or cleaned at a time, 1 to 1000.</param>
/// <param name="MaxPagesPerDay">Pages fetched per UTC day.</param>
/// <param name="MaxStoredBytes">Bytes in the tenant's container.</param>
/// <param name="MaxRequestsPerMinute">API requests over all keys.</param>
/// <param name="Weight">The share when work queues, 1 to 100.</param>
internal sealed record LimitsChange(
    int? MaxActiveRuns,
    int? MaxBatchesInFlight,
    long? MaxPagesPerDay,
    long? MaxStoredBytes,
    int? MaxRequestsPerMinute,
    int? Weight
)
{
    public TenantLimits ApplyTo(TenantLimits limits) =>
        new()
        {
            MaxActiveRuns = MaxActiveRuns ?? limits.MaxActiveRuns,
            MaxBatchesInFlight = MaxBatchesInFlight ?? limits.MaxBatchesInFlight,
            MaxPagesPerDay = MaxPagesPerDay ?? limits.MaxPagesPerDay,
            MaxStoredBytes = MaxStoredBytes ?? limits.MaxStoredBytes,
            MaxRequestsPerMinute = MaxRequestsPerMinute ?? limits.MaxRequestsPerMinute,
            Weight = Weight ?? limits.Weight,
        };
}
