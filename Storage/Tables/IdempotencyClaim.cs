using Azure;
using Marketline.Core.Naming;

namespace Marketline.Storage.Tables;

/// <summary>A tenant's use of an idempotency key.</summary>
/// <param name="Date">The day's table it stands in.</param>
/// <param name="Version">A new claim's: it is lost when somebody else takes the key over.</param>
public sealed record IdempotencyClaim(
    IdempotencyState State,
    TenantId? TenantId,
    string Row,
    DateOnly Date,
    KeptAnswer? Answer = null,
    ETag Version = default
);
