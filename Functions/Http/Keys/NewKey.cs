using System.ComponentModel.DataAnnotations;
using Marketline.Core.Tenants;

namespace Marketline.Functions.Http.Keys;

/// <summary>A key that is asked for.</summary>
/// <param name="Name">What a person calls it: 1 to 100 characters.</param>
/// <param name="Role">A tenant's: <c>Reader</c> or <c>Owner</c>; the operator's is always <c>Admin</c>.</param>
/// <param name="ExpiresUtc">Null: it does not expire.</param>
internal sealed record NewKey([Required, StringLength(100, MinimumLength = 1)] string? Name, AccessRole? Role, DateTimeOffset? ExpiresUtc);
