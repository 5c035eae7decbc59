using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Platforms;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Tenants;

/// <summary>Reads and changes tenants for the operator.</summary>
public sealed class TenantDesk(TableTenantStore tenants, TenantDirectory directory, PlatformConnectors connectors, TableAuditStore audit)
{
    private const int MaxNameLength = 200;

    private IEnumerable<string> Reserved => connectors.Platforms.Where(platform => connectors.Get(platform).PagesNeedPermission);

    internal static bool IsName(string? name) => !string.IsNullOrWhiteSpace(name) && name.Length <= MaxNameLength;

    /// <returns>The tenant, or why there is none.</returns>
    internal async Task<(Tenant? Tenant, IResult? Problem)> FindAsync(string tenantId, CancellationToken cancellationToken)
    {
        if (!TenantId.TryParse(tenantId, out var id))
        {
            return (null, TenantProblems.NotFound(tenantId));
        }

        if (await tenants.FindAsync(id, cancellationToken) is { } tenant)
        {
            return (tenant, null);
        }

        return await audit.DeletedUtcAsync(id, cancellationToken) is { } deletedUtc
            ? (null, Problems.Of(410, $"The tenant '{id}' was deleted.", $"Since {deletedUtc:O} only audit rows tell of it; its id is never used again."))
            : (null, TenantProblems.NotFound(tenantId));
    }

    internal async Task<IResult> ChangeAsync(HttpRequest request, string tenantId, TenantChange? change, CancellationToken cancellationToken)
    {
        var (tenant, problem) = await FindAsync(tenantId, cancellationToken);
        if (tenant is null)
        {
            return problem!;
        }

        if (change is null || (change.DisplayName is not null && !IsName(change.DisplayName)))
        {
            return Problems.Field("displayName", $"1 to {MaxNameLength} characters are expected.");
        }

        if (change.PagePlatforms?.Any(platform => connectors.Find(platform ?? "") is not { PagesNeedPermission: true }) == true)
        {
            return Problems.Field("pagePlatforms", $"Known platforms whose pages are not open by themselves are expected: {string.Join(", ", Reserved)}.");
        }

        var problems = TenantLimitRules.Check(change.ApplyTo(tenant).Limits);
        return problems.Count > 0
            ? Problems.Invalid(problems)
            : await UpdateAsync(request, tenant.TenantId, change.ApplyTo, cancellationToken);
    }

    /// <summary>Suspends or resumes; in force on every worker after <see cref="TenantDirectory.CacheTime"/>.</summary>
    internal async Task<IResult> SetStatusAsync(HttpRequest request, string tenantId, TenantStatus status, CancellationToken cancellationToken)
    {
        var (tenant, problem) = await FindAsync(tenantId, cancellationToken);
        return tenant is null
            ? problem!
            : await UpdateAsync(
                request,
                tenant.TenantId,
                found => found.Status == TenantStatus.Deleting ? found : found with { Status = status },
                cancellationToken
            );
    }

    private async Task<IResult> UpdateAsync(HttpRequest request, TenantId tenantId, Func<Tenant, Tenant> change, CancellationToken cancellationToken)
    {
        IResult? refusal = null;
        var changed = await tenants.UpdateAsync(
            tenantId,
            found =>
            {
                refusal = Http.Answers.Precondition(request, Http.Answers.TagOf(TenantView.Of(found)));
                return refusal is null ? change(found) : found;
            },
            cancellationToken
        );
        directory.Forget(tenantId);
        return refusal ?? (changed is null ? TenantProblems.NotFound(tenantId.Value) : Http.Answers.Json(request, TenantView.Of(changed)));
    }
}
