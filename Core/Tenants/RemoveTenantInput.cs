using Marketline.Core.Naming;

namespace Marketline.Core.Tenants;

/// <param name="IsLast">The tenant's own row goes as well.</param>
public sealed record RemoveTenantInput(TenantId TenantId, bool IsLast);
