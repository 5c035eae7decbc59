using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Storage;
using Marketline.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Marketline.Activities.Crawl;

/// <summary>
/// Finds what of a site a rerun has to do: the pages that failed, as target lists of its own, or the batches that it takes over.
/// Asks the repeated run's blobs only, so a second run gives the same.
/// </summary>
public sealed partial class PlanRerunActivity(BlobArtifactStore blobs, ILogger<PlanRerunActivity> logger)
{
    [Function(nameof(PlanRerunActivity))]
    public async Task<PlanRerunOutput> RunAsync([ActivityTrigger] PlanRerunInput input, CancellationToken cancellationToken)
    {
        var batches = new SiteBatches(blobs, BatchNumbers.SiteOf(input.FirstBatch));
        var output =
            input.Rerun.From == RerunStep.Crawl
                ? await PlanPagesAsync(input, batches, cancellationToken)
                : await CountBatchesAsync(input, batches, cancellationToken);
        LogPlanned(input.Run.TenantId.Value, input.Run.RunId.Value, input.Site.BaseUrl, output.TargetCount, output.BatchCount, input.Rerun.Run.RunId.Value);
        return output;
    }

    private async Task<PlanRerunOutput> PlanPagesAsync(PlanRerunInput input, SiteBatches batches, CancellationToken cancellationToken)
    {
        var ended = await batches.OutcomesAsync(input.Rerun.Run, cancellationToken);
        if (ended.Count == 0)
        {
            return new PlanRerunOutput(0, 0, IsUnplanned: true);
        }

        ended.UnionWith(await batches.TargetsAsync(input.Rerun.Run, cancellationToken));
        var unfinished = new UnfinishedTargets(blobs, input.Rerun, input.Site);
        using var written = new TargetBatches(blobs, input.Run, input.FirstBatch, input.Limits.BatchSize);
        var lostCount = 0;
        await foreach (var (targets, lost) in InOrder.ReadAsync(ended, unfinished.ReadAsync, cancellationToken))
        {
            lostCount += lost;
            foreach (var target in targets)
            {
                await written.AddAsync(target, cancellationToken);
            }
        }

        await written.CompleteAsync(cancellationToken);
        var problem = lostCount == 0 ? null : $"{input.Site.BaseUrl}: {lostCount} failed targets are not known any more: start the plan again";
        return new PlanRerunOutput(written.BatchCount, written.TargetCount, problem);
    }

    /// <summary>A batch without an outcome is counted where what it is made of is there.</summary>
    private async Task<PlanRerunOutput> CountBatchesAsync(PlanRerunInput input, SiteBatches batches, CancellationToken cancellationToken)
    {
        var (run, folder, ending) =
            input.Rerun.From == RerunStep.Clean ? (input.Rerun.Raw, "raw", ".warc.gz") : (input.Rerun.Run, "clean", ".parquet");
        var there = await batches.ListAsync(run, folder, ending, cancellationToken);
        var ended = await batches.OutcomesAsync(input.Rerun.Run, cancellationToken);
        if (input.Rerun.From == RerunStep.Clean && there.Count == 0 && ended.Count > 0)
        {
            var gone = $"{input.Site.BaseUrl}: the raw archive of {run.RunId} is gone: it is kept for 30 days. Rerun it from the crawl";
            return new PlanRerunOutput(0, 0, gone);
        }

        ended.UnionWith(there);
        if (ended.Count == 0)
        {
            return new PlanRerunOutput(0, 0);
        }

        var count = ended.Max - input.FirstBatch + 1;
        var inLast = await CountTargetsAsync(run, ended.Max, input.Limits.BatchSize, cancellationToken);
        return new PlanRerunOutput(count, (count - 1L) * input.Limits.BatchSize + inLast);
    }

    private async Task<int> CountTargetsAsync(RunRef run, int batch, int batchSize, CancellationToken cancellationToken)
    {
        try
        {
            await using var content = await blobs.OpenReadAsync(run.TenantId, BlobNames.Targets(run, batch), cancellationToken);
            using var reader = new StreamReader(content);
            var count = 0;
            while (await reader.ReadLineAsync(cancellationToken) is not null)
            {
                count++;
            }

            return Math.Max(1, count);
        }
        catch (BlobMissingException)
        {
            return batchSize;
        }
    }

    [LoggerMessage(LogLevel.Information, "{TenantId} {RunId}: {Site} has {TargetCount} targets in {BatchCount} batches of {Source}.")]
    private partial void LogPlanned(string tenantId, string runId, Uri site, long targetCount, int batchCount, string source);
}
