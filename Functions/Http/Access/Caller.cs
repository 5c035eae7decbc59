using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Functions.Http.Access;

/// <summary>Whose key or token a request carries.</summary>
/// <param name="TenantId">Null for the operator.</param>
/// <param name="Id">The key's id, or <c>token:</c> and the token's subject: who it was, in audit rows and runs.</param>
public sealed record Caller(AccessRole Role, TenantId? TenantId, string Id);
