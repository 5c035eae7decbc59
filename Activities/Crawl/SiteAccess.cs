using Marketline.Core.Naming;
using Marketline.Platforms;
using Marketline.Platforms.Api;
using Marketline.Storage.Tables;

namespace Marketline.Activities.Crawl;

/// <summary>How a tenant may collect from a platform: through its official API where there are credentials, else from its pages where that is allowed.</summary>
public sealed class SiteAccess(PlatformAccess apis, TenantDirectory tenants)
{
    /// <returns>The API, or null for pages; and why neither may be.</returns>
    public async Task<(ApiSession? Api, string? Refusal)> OpenAsync(TenantId tenantId, IPlatformConnector connector, CancellationToken cancellationToken)
    {
        if (apis.Find(tenantId, connector) is { } api)
        {
            return (api, null);
        }

        if (await MayReadPagesAsync(tenantId, connector, cancellationToken))
        {
            return (null, null);
        }

        var names = string.Join(", ", connector.Api?.SecretNames ?? []);
        return (null, $"There are no credentials for the API of {connector.Platform} ({names}), and its pages are not open to the tenant: have the operator give either (docs/platforms/{connector.Platform}.md).");
    }

    public async Task<bool> MayReadPagesAsync(TenantId tenantId, IPlatformConnector connector, CancellationToken cancellationToken) =>
        !connector.PagesNeedPermission || (await tenants.FindAsync(tenantId, cancellationToken))?.PagePlatforms.Contains(connector.Platform) == true;
}
