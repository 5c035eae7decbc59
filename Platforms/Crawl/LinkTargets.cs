using System.Runtime.CompilerServices;
using System.Text;
using AngleSharp.Html.Parser;
using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// Plans a site without a sitemap by following its links from the front page, breadth first, no deeper and no more pages than
/// the bounds. Pages that can not be read are passed over.
/// </summary>
public static class LinkTargets
{
    private const int MaxDepth = 6;

    /// <param name="site">Whose pages; links to other sites are not taken, nor those marked <c>nofollow</c>.</param>
    /// <param name="isWanted">Whether a page is a target, by its canonical address.</param>
    /// <param name="isFollowed">Whether a page, such as a category, is to be read for its links.</param>
    /// <param name="maxPageCount">How many pages may be read for their links.</param>
    /// <param name="fetcher">The polite way to the site.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TargetPlanningException">The front page can not be read.</exception>
    public static async IAsyncEnumerable<CrawlTarget> ReadAsync(
        SitePlan site,
        Func<Uri, bool> isWanted,
        Func<Uri, bool> isFollowed,
        int maxPageCount,
        IPageFetcher fetcher,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var scope = new SiteScope(site.BaseUrl);
        using var seen = new AddressSet();
        var (pageCount, targetCount) = (0, 0);
        var pages = new Queue<(CrawlTarget Page, int Depth)>([(new CrawlTarget(site.BaseUrl.AbsoluteUri), 0)]);
        while (pages.TryDequeue(out var next) && pageCount++ < maxPageCount)
        {
            var page = await fetcher.FetchAsync(next.Page, cancellationToken);
            ThrowIfFrontPageFailed(site, page, next.Depth);
            foreach (var link in Links(page, next.Page))
            {
                if (PlannedTarget.Of(site, scope, link) is not { } target || !seen.Add(target.Url))
                {
                    continue;
                }

                var address = new Uri(target.Url);
                if (next.Depth < MaxDepth && pageCount + pages.Count < maxPageCount && isFollowed(address))
                {
                    pages.Enqueue((target, next.Depth + 1));
                }

                if (isWanted(address))
                {
                    yield return target;
                    if (++targetCount >= site.MaxTargetCount)
                    {
                        yield break;
                    }
                }
            }
        }
    }

    private static IEnumerable<Uri> Links(FetchedPage page, CrawlTarget target)
    {
        if (page.FailureReason is not null || !page.ContentType.Contains("html", StringComparison.OrdinalIgnoreCase))
        {
            yield break;
        }

        using var document = new HtmlParser().ParseDocument(Encoding.UTF8.GetString(page.Body.Span));
        var from = new Uri(target.FetchUrl ?? page.FinalUrl);
        var root = Uri.TryCreate(from, document.QuerySelector("base[href]")?.GetAttribute("href"), out var stated) ? stated : from;
        foreach (var link in document.QuerySelectorAll("a[href]:not([rel~=nofollow])"))
        {
            if (Uri.TryCreate(root, link.GetAttribute("href"), out var address))
            {
                yield return address;
            }
        }
    }

    private static void ThrowIfFrontPageFailed(SitePlan site, FetchedPage page, int depth)
    {
        if (depth == 0 && page.FailureReason is not null)
        {
            UnreachableSite.ThrowIfSo(site.BaseUrl, page);
            throw new TargetPlanningException($"{site.BaseUrl} can not be read ({page.FailureReason}): {page.FailureDetail} Check the address in the plan.");
        }
    }
}
