using Marketline.Core.Naming;
using Marketline.Core.Tenants;

namespace Marketline.Tests.EndToEnd.Attacks;

/// <summary>A tenant with a plan, a run that is over, datasets and keys.</summary>
/// <param name="SpareKeyId">A key that nobody uses: it may be revoked.</param>
internal sealed record AttackedTenant(
    TenantId TenantId,
    string DisplayName,
    string PlanId,
    ApiKey Owner,
    ApiKey Reader,
    string SpareKeyId,
    string RunId,
    string ObjectKey,
    Uri Site
)
{
    /// <summary>What somebody else's answers must not hold: each is of this tenant only.</summary>
    public IReadOnlyList<string> Marks => [TenantId.Value, DisplayName, PlanId, RunId, ObjectKey, Site.Authority, Owner.Id, Reader.Id, SpareKeyId];
}
