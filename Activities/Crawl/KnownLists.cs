using Marketline.Core.Crawl;
using Marketline.Platforms;

namespace Marketline.Activities.Crawl;

/// <summary>
/// Lists that have their newest entries first, such as a product's reviews: as long as all of a list's pages are known, it is read up to
/// the first page that shows nothing new. One page that is missing, or was last seen too long ago, and the list is read to its end.
/// </summary>
internal sealed class KnownLists(KnownPages pages, PageMemory memory, IPlatformConnector connector, CrawlKind kind)
{
    /// <summary>Pages that lead in a circle are no list.</summary>
    private const int MaxPages = 10_000;

    /// <param name="target">What was asked for.</param>
    /// <param name="page">What came.</param>
    /// <param name="found">What it leads to.</param>
    /// <returns>What of it is to be asked for.</returns>
    public IEnumerable<CrawlTarget> Wanted(CrawlTarget target, FetchedPage page, IEnumerable<CrawlTarget> found)
    {
        if (target.Call is not null || !connector.IsNewestFirst(target.Url, kind))
        {
            return found;
        }

        var first = target.ListUrl ?? target.Url;
        return IsKnownBehind(first, page) ? [] : found.Select(next => next with { ListUrl = first });
    }

    private bool IsKnownBehind(string first, FetchedPage page)
    {
        if (page.Known is not null)
        {
            return IsKnown(first, []);
        }

        var entries = connector.Extract(page, kind).Objects.Select(item => item.ObjectKey).ToHashSet();
        return entries.Count > 0 && IsKnown(first, entries) && entries.Count == 0;
    }

    /// <param name="first">The list's first page.</param>
    /// <param name="entries">Those that the list has are taken out, whichever of its pages they were on.</param>
    /// <returns>Whether all pages of the list are known.</returns>
    private bool IsKnown(string first, HashSet<string> entries)
    {
        var next = first;
        for (var count = 0; count < MaxPages; count++)
        {
            if (pages.FindSeen(memory, next) is not { } page)
            {
                return false;
            }

            entries.ExceptWith(page.Objects.Select(item => item.ObjectKey));
            if (page.Version.FollowUps is not [var following])
            {
                return page.Version.FollowUps.Count == 0;
            }

            next = following;
        }

        return false;
    }
}
