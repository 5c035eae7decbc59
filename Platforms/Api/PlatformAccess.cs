using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms.Crawl;

namespace Marketline.Platforms.Api;

/// <summary>Opens a platform's official API for those who have credentials for it.</summary>
public sealed class PlatformAccess
{
    private readonly PlatformSecrets _secrets;
    private readonly HttpExchange _exchange;
    private readonly AddressGuard _guard;
    private readonly ApiTokens _tokens;
    private readonly TimeProvider _time;

    internal PlatformAccess(PlatformSecrets secrets, HttpExchange exchange, AddressGuard guard, ApiTokens tokens, TimeProvider time) =>
        (_secrets, _exchange, _guard, _tokens, _time) = (secrets, exchange, guard, tokens, time);

    /// <returns>Null when the platform has no API for this kind, or the tenant no credentials for it.</returns>
    public ApiSession? Find(TenantId tenantId, IPlatformConnector connector, CrawlKind kind) =>
        connector.Api is { } api && api.Kinds.Contains(kind) && _secrets.Find(tenantId, connector.Platform, api) is { } credentials
            ? new ApiSession(api, credentials, _exchange, _guard, _tokens, _time)
            : null;
}
