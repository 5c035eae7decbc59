namespace Marketline.Functions.Http.Tenants;

/// <summary>A page of tenants, by id.</summary>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record TenantList(IReadOnlyList<TenantView> Tenants, string? Next);
