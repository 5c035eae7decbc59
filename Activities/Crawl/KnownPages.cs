using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Platforms;
using Marketline.Platforms.Crawl;
using Marketline.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace Marketline.Activities.Crawl;

/// <summary>
/// What a plan's earlier runs have read of a site, as long as it holds: not for a rerun, which somebody has asked for to read all anew,
/// not for other code or selectors than it was read with, and not for longer than <see cref="CrawlOptions.ReadAgainAfter"/>.
/// </summary>
public sealed class KnownPages(BlobPageMemoryStore store, IOptions<CrawlOptions> options, TimeProvider time)
{
    /// <summary>
    /// So long before it was last seen a page has to have changed for a sitemap to be believed: what a cache gave may be older than the
    /// change, and the date may be one of a far time zone.
    /// </summary>
    private static readonly TimeSpan SettledAfter = TimeSpan.FromDays(1);

    /// <returns>Null when every page has to be read.</returns>
    public async Task<PageMemory?> OpenAsync(RunRef run, PlanSite site, CancellationToken cancellationToken) =>
        run.RunId.RerunNumber > 0 || options.Value.ReadAgainAfter == TimeSpan.Zero ? null : await OpenLatestAsync(run, site, cancellationToken);

    /// <summary>What is there, to be carried on.</summary>
    public async Task<PageMemory?> OpenLatestAsync(RunRef run, PlanSite site, CancellationToken cancellationToken)
    {
        var memory = await store.OpenAsync(run, site.BaseUrl, cancellationToken);
        if (memory is null || memory.Extraction == ExtractionVersion.Of(site.Selectors))
        {
            return memory;
        }

        memory.Dispose();
        return null;
    }

    /// <returns>Null when the page has to be read.</returns>
    public KnownPage? Find(PageMemory memory, CrawlTarget target)
    {
        // What is asked for in another way than by its address may be another page each time.
        var page = target.Call is null ? TryFind(memory, target.Url) : null;
        return page is not null && time.GetUtcNow() - page.Version.ReadUtc < LifetimeOf(page) ? page : null;
    }

    /// <returns>Null when the page was last seen, read or found unchanged, too long ago.</returns>
    public KnownPage? FindSeen(PageMemory memory, string url) =>
        TryFind(memory, url) is { } page && time.GetUtcNow() - SeenUtc(page) < LifetimeOf(page) ? page : null;

    /// <summary>Takes out of a batch what the site's sitemap names no change of since it was seen.</summary>
    /// <returns>Those pages, and what is left; what they lead to is a part of that.</returns>
    public (IReadOnlyList<FetchedPage> Unchanged, CrawlFrontier Left) TakeUnchanged(PageMemory memory, CrawlFrontier frontier)
    {
        var unchanged = new List<FetchedPage>();
        var left = new List<CrawlTarget>();
        foreach (var target in frontier.Remaining)
        {
            if (target.LastModified is { } changedUtc && Find(memory, target) is { } known && changedUtc <= SeenUtc(known) - SettledAfter)
            {
                unchanged.Add(Unasked(target, known));
            }
            else
            {
                left.Add(target);
            }
        }

        var planned = frontier.Remaining.Select(target => target.Url);
        left.AddRange(unchanged.SelectMany(page => page.Known!.Version.FollowUps).Except(planned).Select(url => new CrawlTarget(url)));
        return (unchanged, new CrawlFrontier(left, unchanged.ConvertAll(page => CrawlFrontier.DoneKey(new CrawlTarget(page.Url)))));
    }

    private FetchedPage Unasked(CrawlTarget target, KnownPage known) =>
        new()
        {
            Url = target.Url,
            FinalUrl = target.Url,
            FetchedUtc = time.GetUtcNow(),
            AttemptCount = 0,
            Known = known,
        };

    private static DateTimeOffset SeenUtc(KnownPage page) => page.Version.CheckedUtc ?? page.Version.ReadUtc;

    private static KnownPage? TryFind(PageMemory memory, string url)
    {
        try
        {
            return memory.Find(url);
        }
        catch (InvalidDataException)
        {
            // Damaged there: the page is read, and at the run's end the file is made anew.
            return null;
        }
    }

    /// <summary>Up to a quarter less than the setting, so that pages that were read together are not read again together.</summary>
    private TimeSpan LifetimeOf(KnownPage page)
    {
        var share = byte.Parse(page.Version.BodyDigest.AsSpan(0, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 255.0;
        return options.Value.ReadAgainAfter * (1 - (share / 4));
    }
}
