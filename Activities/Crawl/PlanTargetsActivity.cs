using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.Api;
using Marketline.Platforms.Crawl;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Marketline.Activities.Crawl;

/// <summary>
/// Finds a site's targets and writes them as batches, streaming, for one time box while it holds the site's slot. What is left is the
/// next time box's: it reads what was fetched from an archive, and asks the site for the rest only. A second run writes the same blobs
/// again; a list that is shorter the second time leaves blobs behind that nobody reads.
/// </summary>
public sealed partial class PlanTargetsActivity(
    PlatformConnectors connectors,
    PageFetcherFactory fetchers,
    SiteAccess access,
    BlobSiteSlotStore slots,
    BlobArtifactStore blobs,
    TimeProvider time,
    ILogger<PlanTargetsActivity> logger
)
{
    private static readonly TimeSpan SlotBusyDelay = TimeSpan.FromSeconds(3);

    /// <summary>Well under the function time-out (5 min by default); what is read after it is one sitemap at the most.</summary>
    private static readonly TimeSpan TimeBox = TimeSpan.FromMinutes(3);

    [Function(nameof(PlanTargetsActivity))]
    public async Task<PlanTargetsOutput> RunAsync(
        [ActivityTrigger] PlanTargetsInput input,
        CancellationToken cancellationToken
    )
    {
        if (connectors.Find(input.Run.Platform) is not { } connector)
        {
            return new PlanTargetsOutput(0, 0, $"{input.Site.BaseUrl}: {new UnknownPlatformException(input.Run.Platform, connectors.Platforms).Message}");
        }

        var (api, refusal) = await access.OpenAsync(input.Run.TenantId, connector, input.Run.Kind, cancellationToken);
        if (refusal is not null)
        {
            return new PlanTargetsOutput(0, 0, $"{input.Site.BaseUrl}: {refusal}");
        }

        await using var slot = await slots.TryAcquireAsync(api?.SlotName ?? input.Site.BaseUrl.Authority, cancellationToken);
        if (slot is null)
        {
            return Later(input, time.GetUtcNow() + SlotBusyDelay);
        }

        if (slot.State?.ResumeAfterPause(time.GetUtcNow()) is { } resumeUtc)
        {
            return Later(input, resumeUtc);
        }

        using var fetcher = fetchers.Create(slot.State, time.GetUtcNow() + TimeBox, api, input.Run.Platform);
        return await slot.WhileHeldAsync(
            async held =>
            {
                var output = await TryPlanAsync(input, connector, api, fetcher, held);
                await slot.SaveAsync(fetcher.ThrottleState, held);
                return output;
            },
            cancellationToken
        );
    }

    /// <summary>The same time box again.</summary>
    private static PlanTargetsOutput Later(PlanTargetsInput input, DateTimeOffset resumeUtc) =>
        new(input.BatchesDone, 0, null, resumeUtc, input.Segment == 0 ? null : input.Segment);

    private async Task<PlanTargetsOutput> TryPlanAsync(
        PlanTargetsInput input,
        IPlatformConnector connector,
        ApiSession? api,
        PageFetcher fetcher,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var record = PlanningRecord.Open(blobs, input, fetcher, cancellationToken);
            var output = await PlanAsync(input, connector, api, record.Fetcher, cancellationToken);
            if (output.NextSegment is not null)
            {
                await record.SaveAsync(cancellationToken);
            }

            return output;
        }
        catch (TargetPlanningException failure)
        {
            return new PlanTargetsOutput(0, 0, $"{input.Site.BaseUrl}: {failure.Message}");
        }
    }

    private async Task<PlanTargetsOutput> PlanAsync(
        PlanTargetsInput input,
        IPlatformConnector connector,
        ApiSession? api,
        IPageFetcher fetcher,
        CancellationToken cancellationToken
    )
    {
        var site = SitePlan.Of(input.Site, input.Limits.MaxTargetsPerSite, api?.Endpoint);
        using var batches = new TargetBatches(blobs, input.Run, input.FirstBatch, input.Limits.BatchSize, input.BatchesDone);
        try
        {
            await foreach (var target in connector.PlanTargetsAsync(site, input.Run.Kind, fetcher, cancellationToken))
            {
                await batches.AddAsync(target, cancellationToken);
            }
        }
        catch (PlanningPausedException pause)
        {
            await batches.PauseAsync(cancellationToken);
            var resumeUtc = pause.ResumeUtc > time.GetUtcNow() ? pause.ResumeUtc : (DateTimeOffset?)null;
            return new PlanTargetsOutput(batches.BatchCount, batches.TargetCount, null, resumeUtc, input.Segment + 1);
        }

        await batches.CompleteAsync(cancellationToken);
        LogPlanned(input.Run.TenantId.Value, input.Run.RunId.Value, site.BaseUrl, batches.TargetCount, batches.BatchCount);
        var problem = batches.TargetCount > 0 ? null : $"{site.BaseUrl}: it lists nothing to crawl";
        return new PlanTargetsOutput(batches.BatchCount, batches.TargetCount, problem);
    }

    [LoggerMessage(LogLevel.Information, "{TenantId} {RunId}: {Site} has {TargetCount} targets in {BatchCount} batches.")]
    private partial void LogPlanned(string tenantId, string runId, Uri site, long targetCount, int batchCount);
}
