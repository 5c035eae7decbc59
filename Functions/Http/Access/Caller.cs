using Marketline.Core.Naming;

namespace Marketline.Functions.Http.Access;

/// <summary>Whose key a request carries.</summary>
/// <param name="TenantId">Null for the operator.</param>
public sealed record Caller(TenantId? TenantId)
{
    public bool IsOperator => TenantId is null;
}
