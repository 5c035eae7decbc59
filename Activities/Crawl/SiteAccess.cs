using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms;
using Marketline.Platforms.Api;
using Marketline.Storage.Tables;

namespace Marketline.Activities.Crawl;

/// <summary>
/// How a tenant may collect a kind from a platform: through its official API where that has the kind and there are credentials, else from its
/// pages where that is allowed.
/// </summary>
public sealed class SiteAccess(PlatformAccess apis, TenantDirectory tenants)
{
    /// <returns>The API, or null for pages; and why neither may be.</returns>
    public async Task<(ApiSession? Api, string? Refusal)> OpenAsync(TenantId tenantId, IPlatformConnector connector, CrawlKind kind, CancellationToken cancellationToken)
    {
        if (apis.Find(tenantId, connector, kind) is { } api)
        {
            return (api, null);
        }

        return await MayReadPagesAsync(tenantId, connector, cancellationToken) ? (null, null) : (null, Refusal(connector, kind));
    }

    public async Task<bool> MayReadPagesAsync(TenantId tenantId, IPlatformConnector connector, CancellationToken cancellationToken) =>
        !connector.PagesNeedPermission || (await tenants.FindAsync(tenantId, cancellationToken))?.PagePlatforms.Contains(connector.Platform) == true;

    private static string Refusal(IPlatformConnector connector, CrawlKind kind)
    {
        var (platform, page) = (connector.Platform, $"docs/platforms/{connector.Platform}.md");
        return connector.Api is { } api && api.Kinds.Contains(kind)
            ? $"There are no credentials for the API of {platform} ({Names(api)}), and its pages are not open to the tenant: have the operator give either ({page})."
            : $"Only the pages of {platform} have {kind.ToString().ToLowerInvariant()}, and they are not open to the tenant: have the operator open them with the tenant's pagePlatforms ({page}).";
    }

    private static string Names(IPlatformApi api) =>
        string.Join(", or ", new[] { api.SecretNames, api.OtherSecretNames }.Where(names => names.Count > 0).Select(names => string.Join(" and ", names)));
}
