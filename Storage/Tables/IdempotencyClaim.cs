using Marketline.Core.Naming;

namespace Marketline.Storage.Tables;

/// <summary>A tenant's use of an idempotency key.</summary>
/// <param name="Date">The day's table it stands in.</param>
public sealed record IdempotencyClaim(IdempotencyState State, TenantId? TenantId, string Row, DateOnly Date, KeptAnswer? Answer = null);
