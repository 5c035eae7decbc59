using Marketline.Core.Naming;

namespace Marketline.Core.Tenants;

/// <param name="IsForced">Terminates what goes on; else it is asked to end.</param>
public sealed record StopTenantInput(TenantId TenantId, bool IsForced);
