using Marketline.Core.Tenants;

namespace Marketline.Functions.Http.Tenants;

/// <summary>Which of a tenant's limits are to be changed.</summary>
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
