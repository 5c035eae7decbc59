using Marketline.Activities.Crawl;
using Marketline.Core.Crawl;
using Marketline.Core.Plans;
using Marketline.Platforms;
using Marketline.Platforms.Crawl;
using Marketline.Storage.Blobs;

namespace Marketline.Functions.Http.Plans;

/// <summary>
/// Tries a plan without a run: finds a site's first targets, fetches one of them and reads it. It goes through the same gate as a
/// run (SSRF guard, robots.txt, the site's slot and pace) and stores nothing.
/// </summary>
public sealed class PlanPreview(
    PlatformConnectors connectors,
    SiteAccess access,
    PageFetcherFactory fetchers,
    BlobSiteSlotStore slots,
    TimeProvider time
)
{
    private const int MaxSiteCount = 3;
    private const int MaxTargetCount = 1_000;
    private const int ShownTargetCount = 20;
    private const int ShownObjectCount = 3;

    /// <summary>For all sites together; what is under way then is given up.</summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(25);

    /// <returns>A preview for each of the first sites.</returns>
    internal async Task<IReadOnlyList<SitePreview>> ShowAsync(Plan plan, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var previews = new List<SitePreview>();
        foreach (var site in plan.Sites.Take(MaxSiteCount))
        {
            try
            {
                previews.Add(await ShowAsync(plan, site, both.Token));
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                previews.Add(new SitePreview(site.BaseUrl, 0, false, [], Problem: $"Not through after {TimeLimit.TotalSeconds:0} s; a run takes the time it needs."));
            }
        }

        return previews;
    }

    private async Task<SitePreview> ShowAsync(Plan plan, PlanSite site, CancellationToken cancellationToken)
    {
        var connector = connectors.Get(plan.Platform);
        var (api, refusal) = await access.OpenAsync(plan.TenantId, connector, plan.Kind, cancellationToken);
        if (refusal is not null)
        {
            return new SitePreview(site.BaseUrl, 0, false, [], Problem: refusal);
        }

        await using var slot = await slots.TryAcquireAsync(api?.SlotName ?? site.BaseUrl.Authority, cancellationToken);
        if (slot is null)
        {
            return new SitePreview(site.BaseUrl, 0, false, [], Problem: "The site is being crawled now: try again in a minute.");
        }

        using var fetcher = fetchers.Create(slot.State, api: api, platform: plan.Platform);
        return await slot.WhileHeldAsync(
            async held =>
            {
                var preview = await FindAsync(plan, SitePlan.Of(site, MaxTargetCount, api?.Endpoint), connector, fetcher, held);
                await slot.SaveAsync(fetcher.ThrottleState, held);
                return preview;
            },
            cancellationToken
        );
    }

    private static async Task<SitePreview> FindAsync(
        Plan plan,
        SitePlan site,
        IPlatformConnector connector,
        PageFetcher fetcher,
        CancellationToken cancellationToken
    )
    {
        var targets = new List<CrawlTarget>();
        try
        {
            await foreach (var target in connector.PlanTargetsAsync(site, plan.Kind, fetcher, cancellationToken))
            {
                targets.Add(target);
                if (targets.Count == MaxTargetCount)
                {
                    break;
                }
            }
        }
        catch (TargetPlanningException failure)
        {
            return new SitePreview(site.BaseUrl, 0, false, [], Problem: failure.Message);
        }

        var preview = new SitePreview(
            site.BaseUrl,
            targets.Count,
            targets.Count < MaxTargetCount,
            [.. targets.Take(ShownTargetCount).Select(target => target.Url)]
        );
        return targets.Count == 0
            ? preview with { Problem = "It lists nothing to crawl." }
            : ReadSample(plan, connector, preview, await fetcher.FetchAsync(targets[0], cancellationToken));
    }

    private static SitePreview ReadSample(Plan plan, IPlatformConnector connector, SitePreview preview, FetchedPage page)
    {
        if (page.FailureReason is { } reason)
        {
            return preview with { SampleUrl = page.Url, Problem = $"{reason} {page.FailureDetail}".Trim() };
        }

        var result = connector.Extract(page, plan.Kind);
        var problem = result.DefectReason ?? result.SkipReason;
        return preview with { SampleUrl = page.Url, SampleObjects = [.. result.Objects.Take(ShownObjectCount)], Problem = problem };
    }
}
