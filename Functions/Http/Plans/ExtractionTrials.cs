using Marketline.Activities.Crawl;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Platforms;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract.Overrides;
using Marketline.Storage.Blobs;

namespace Marketline.Functions.Http.Plans;

/// <summary>
/// Reads one page as a run of the plan would, with the plan's selectors or others. It goes through the same gate as a run (SSRF
/// guard, robots.txt, the site's slot and pace) and stores nothing.
/// </summary>
public sealed class ExtractionTrials(PlatformConnectors connectors, SiteAccess access, PageFetcherFactory fetchers, BlobSiteSlotStore slots, TimeProvider time)
{
    private const int ShownObjectCount = 20;
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(25);

    internal static PlanSite? SiteOf(Plan plan, string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? plan.Sites.FirstOrDefault(site => new SiteScope(site.BaseUrl).Contains(address)) : null;

    /// <param name="plan">Of offers: reviews have no selectors.</param>
    /// <param name="site">One of the plan's.</param>
    /// <param name="url">A page of the site.</param>
    /// <param name="selectors">What to read it with.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task<ExtractionTrialView> ShowAsync(Plan plan, PlanSite site, string url, IReadOnlyList<FieldOverride> selectors, CancellationToken cancellationToken)
    {
        if (!await access.MayReadPagesAsync(plan.TenantId, connectors.Get(plan.Platform), cancellationToken))
        {
            return ExtractionTrialView.Failed(url, $"The pages of {plan.Platform} are not open to the tenant: ask the operator.");
        }

        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var page = await FetchAsync(plan, site, url, both.Token);
            return page switch
            {
                null => ExtractionTrialView.Failed(url, "The site is being crawled now: try again in a minute."),
                { FailureReason: { } reason } => ExtractionTrialView.Failed(url, $"{reason} {page.FailureDetail}".Trim(), page.StatusCode),
                _ => Read(plan, page, FieldOverrides.Of(selectors)),
            };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ExtractionTrialView.Failed(url, $"Not through after {TimeLimit.TotalSeconds:0} s; a run takes the time it needs.");
        }
    }

    /// <returns>Null when somebody else holds the site.</returns>
    private async Task<FetchedPage?> FetchAsync(Plan plan, PlanSite site, string url, CancellationToken cancellationToken)
    {
        await using var slot = await slots.TryAcquireAsync(site.BaseUrl.Authority, cancellationToken);
        if (slot is null)
        {
            return null;
        }

        using var fetcher = fetchers.Create(slot.State, platform: plan.Platform);
        return await slot.WhileHeldAsync(
            async held =>
            {
                var page = await fetcher.FetchAsync(Target(site, new Uri(url)), held);
                await slot.SaveAsync(fetcher.ThrottleState, held);
                return page;
            },
            cancellationToken
        );
    }

    private static CrawlTarget Target(PlanSite site, Uri address) =>
        site.IsMirror && MirrorAddress.ToOriginal(site.BaseUrl, address) is { } original
            ? new CrawlTarget(CanonicalUrl.Of(original.AbsoluteUri), address.AbsoluteUri)
            : new CrawlTarget(CanonicalUrl.Of(address.AbsoluteUri));

    private ExtractionTrialView Read(Plan plan, FetchedPage page, FieldOverrides overrides)
    {
        var result = overrides.Apply(page, connectors.Get(plan.Platform).Extract(page, plan.Kind));
        return new ExtractionTrialView(
            page.Url,
            page.StatusCode,
            result.DefectReason ?? result.SkipReason,
            [.. overrides.Find(page).Select(match => new SelectorFinding(match.Override.Field, match.Override.How, match.Override.Expression, match.Text))],
            [.. result.Objects.Take(ShownObjectCount).Select(item => Tried(plan, page, item))]
        );
    }

    private static TriedObject Tried(Plan plan, FetchedPage page, ExtractedObject item)
    {
        var site = Uri.TryCreate(item.Url, UriKind.Absolute, out var address) ? address.Authority : "";
        var cleaned = OfferCleaner.Clean(item, new CleanContext(plan.Platform, site, plan.Kind, page.FetchedUtc));
        return new TriedObject(item, cleaned.Record?.Price, cleaned.Record?.CurrencyCode, cleaned.Record?.Availability, cleaned.Violations);
    }
}
