using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Platforms;

namespace Marketline.Activities.Clean;

/// <summary>Which version of a page was read, for the next run to ask whether there is another one.</summary>
internal static class PageVersions
{
    /// <returns>Null for a page that has to be read again in any case.</returns>
    public static PageVersion? Of(FetchedPage page, IPlatformConnector connector, CrawlKind kind)
    {
        if (page.Known is { } known)
        {
            return known.Version;
        }

        if (page.IsRendered)
        {
            // What the site sent was a shell that stays the same whatever scripts put into it.
            return null;
        }

        var followUps = page.StatusCode == 200 ? connector.FollowUps(page, kind).ToList() : null;
        var isPlain = followUps?.TrueForAll(target => target == new CrawlTarget(target.Url)) ?? false;
        return isPlain
            ? new(page.ETag, page.LastModified, DigestOf(page), page.FetchedUtc, [.. followUps!.Select(target => target.Url)])
            : null;
    }

    public static string DigestOf(FetchedPage page) => page.BodyDigest ?? Digest.Of(page.Body.Span);
}
