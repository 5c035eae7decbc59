using Marketline.Core.Crawl;
using Marketline.Core.Naming;

namespace Marketline.Platforms.Crawl;

internal static class PlannedTarget
{
    /// <returns>The target for an address found on a site; null when it is not the address of a page of that site.</returns>
    public static CrawlTarget? Of(SitePlan site, SiteScope scope, Uri address)
    {
        if (!scope.Contains(address) || CanonicalUrl.TryCreate(address) is not { } url)
        {
            return null;
        }

        if (!site.IsMirror)
        {
            return new CrawlTarget(url);
        }

        return MirrorAddress.ToOriginal(site.BaseUrl, address) is { } original && CanonicalUrl.TryCreate(original) is { } identity
            ? new CrawlTarget(identity, address.GetLeftPart(UriPartial.Query))
            : null;
    }
}
