using Marketline.Activities.Admission;
using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract.Overrides;
using Marketline.Platforms.Render;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace Marketline.Activities.Crawl;

/// <summary>
/// Crawls a batch for one time box while it holds the site's slot and a place among the batches in flight, and archives what it
/// fetched. A second run of the same segment goes on from where the first one has last stored itself, see <see cref="SegmentCheckpoints"/>.
/// </summary>
public sealed class CrawlBatchActivity(
    PlatformConnectors connectors,
    CountedCrawler crawler,
    SiteAccess access,
    BlobSiteSlotStore slots,
    BlobRawArchiveStore archives,
    BlobArtifactStore blobs,
    BatchAdmission admission,
    KnownPages known,
    RunBudgets budgets,
    IOptions<CrawlOptions> options,
    TimeProvider time
)
{
    /// <summary>Well under the function time-out (5 min by default): the rest comes back as a cursor.</summary>
    private static readonly TimeSpan TimeBox = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan SlotBusyDelay = TimeSpan.FromSeconds(5);

    [Function(nameof(CrawlBatchActivity))]
    public async Task<CrawlBatchOutput> RunAsync(
        [ActivityTrigger] CrawlBatchInput input,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        await using var watch = await CancelWatch.StartAsync(blobs, input.Run, time, cancellationToken);
        if (watch.IsCancelled)
        {
            return new CrawlBatchOutput { IsDone = true, NextSegment = input.Segment, IsCancelled = true };
        }

        var connector = connectors.Get(input.Run.Platform);
        var (api, refusal) = await access.OpenAsync(input.Run.TenantId, connector, input.Run.Kind, cancellationToken);
        if (refusal is not null)
        {
            await admission.LeaveAsync(input.Run, input.Batch, client, cancellationToken);
            return new CrawlBatchOutput { IsDone = true, NextSegment = input.Segment, Problem = FetchReasons.CredentialsMissing };
        }

        // The slot before the place: who could not crawl now does not queue for one, and gives back the one it has.
        await using var slot = await slots.TryAcquireAsync(api?.SlotName ?? input.Site.BaseUrl.Authority, cancellationToken);
        var pausedUtc = slot is null ? time.GetUtcNow() + SlotBusyDelay : slot.State?.ResumeAfterPause(time.GetUtcNow());
        if (slot is null || pausedUtc is not null)
        {
            await admission.LeaveAsync(input.Run, input.Batch, client, cancellationToken);
            return Later(input, pausedUtc) with { Circuit = slot?.State?.CircuitAt(time.GetUtcNow()) ?? CircuitState.Closed };
        }

        if (await admission.EnterAsync(input.Run, input.Batch, client, cancellationToken) is { } askAgainUtc)
        {
            return Later(input, askAgainUtc) with { IsQueued = true };
        }

        var output = await slot.WhileHeldAsync(held => CrawlAsync(input, connector, api, slot, watch, held), cancellationToken);
        if (output.ResumeUtc is not null)
        {
            await admission.LeaveAsync(input.Run, input.Batch, client, cancellationToken);
        }

        return output;
    }

    private async Task<CrawlBatchOutput> CrawlAsync(
        CrawlBatchInput input,
        IPlatformConnector connector,
        ApiSession? api,
        LeasedRecord<SiteThrottleState> slot,
        CancelWatch watch,
        CancellationToken cancellationToken
    )
    {
        using var memory = await known.OpenAsync(input.Run, input.Site, cancellationToken);
        using var others = new OtherBatches(blobs, input.Run, input.Batch);
        var cursor = new BatchCursor(blobs, input);
        var frontier = await cursor.ReadAsync(cancellationToken);
        var isNew = input.Segment == 0 && frontier.BlockCount == 0;
        IReadOnlyList<FetchedPage> unchanged = [];
        if (memory is not null && isNew && input.Site.TrustLastModified)
        {
            (unchanged, frontier) = known.TakeUnchanged(memory, frontier);
        }

        await using var segment = await archives.OpenSegmentAsync(input.Run, input.Batch, input.Segment, frontier.BlockCount, cancellationToken);
        var checkpoints = new SegmentCheckpoints(input, frontier, cursor, segment, others, time);
        var request = new BatchCrawlRequest
        {
            Known = memory is null ? null : target => known.Find(memory, target),
            Wanted = memory is null ? null : new KnownLists(known, memory, connector, input.Run.Kind).Wanted,
            Frontier = frontier,
            Platform = input.Run.Platform,
            Throttle = slot.State,
            Api = api,
            Render = Wish(input, connector),
            DeadlineUtc = time.GetUtcNow() + TimeBox,
            IsStopped = () => watch.IsCancelled,
            FollowUps = page => connector.FollowUps(page, input.Run.Kind),
            Unseen = others.UnseenAsync,
            PageDone = checkpoints.PageDoneAsync,
        };

        using var archive = new WarcWriter(segment);
        await BeginAsync(archive, input, isNew, unchanged, cancellationToken);
        var crawl = frontier.Remaining.Count == 0
            ? new CountedCrawl(null, 0)
            : await crawler.CrawlAsync(input.Run.TenantId, request, budgets.Open(input), archive.WriteAsync, cancellationToken);
        var output = OutputOf(input, frontier, crawl);
        if (crawl.Last is { } last)
        {
            await checkpoints.CompleteAsync(output.IsDone ? null : last.Frontier, cancellationToken);
            await slot.SaveAsync(last.Throttle, cancellationToken);
        }
        else if (unchanged.Count > 0)
        {
            await segment.CommitAsync(cancellationToken);
        }

        return output;
    }

    private async Task BeginAsync(WarcWriter archive, CrawlBatchInput input, bool isNew, IReadOnlyList<FetchedPage> unchanged, CancellationToken cancellationToken)
    {
        if (isNew)
        {
            var info = new WarcInfo(input.Run.RunId.ScheduledUtc, "Marketline", options.Value.UserAgent);
            await archive.WriteInfoAsync(info, cancellationToken);
        }

        foreach (var page in unchanged)
        {
            await archive.WriteAsync(page, cancellationToken);
        }
    }

    private CrawlBatchOutput OutputOf(CrawlBatchInput input, CrawlFrontier frontier, CountedCrawl crawl)
    {
        if (crawl.Last is not { } last)
        {
            return new CrawlBatchOutput { IsDone = true, NextSegment = input.Segment, PageCount = frontier.PageCount, Problem = crawl.Problem };
        }

        var isCancelled = last.End == BatchCrawlEnd.Stopped;
        return new CrawlBatchOutput
        {
            IsDone = isCancelled || crawl.Problem is not null || last.End == BatchCrawlEnd.Completed,
            NextSegment = input.Segment + 1,
            ResumeUtc = last.End == BatchCrawlEnd.SitePaused ? last.NextAllowedUtc : null,
            Circuit = last.Throttle.CircuitAt(time.GetUtcNow()),
            PageCount = frontier.PageCount + crawl.PageCount,
            IsCancelled = isCancelled,
            Problem = crawl.Problem,
        };
    }

    /// <summary>Saved pages are taken as they were saved.</summary>
    private static RenderWish? Wish(CrawlBatchInput input, IPlatformConnector connector)
    {
        if (input.Site.IsMirror && input.Site.Render != RenderMode.Always)
        {
            return null;
        }

        var wantsOffers = input.Run.Kind != CrawlKind.Reviews;
        var overrides = FieldOverrides.Of(wantsOffers ? input.Site.Selectors : null);
        return new RenderWish(
            input.Site.Render ?? RenderMode.Auto,
            page => PageYield.Of(overrides.Apply(page, connector.Extract(page, input.Run.Kind))),
            wantsOffers
        );
    }

    private static CrawlBatchOutput Later(CrawlBatchInput input, DateTimeOffset? resumeUtc) =>
        new()
        {
            IsDone = false,
            NextSegment = input.Segment,
            ResumeUtc = resumeUtc,
        };
}
