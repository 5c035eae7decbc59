using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Orchestrators.Lineage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Marketline.Orchestrators.Crawl;

/// <summary>
/// One site of a run: its batches one after another (a site has one slot), each cleaned while the next is crawled. Continues
/// as new after a window of batches, so that a site of a million URLs has a short history. A rerun that begins behind the crawl
/// takes each batch from the run that it repeats.
/// </summary>
public sealed class CrawlSiteOrchestrator
{
    private const int WindowSize = 20;
    private const int MaxParallelCleans = 2;
    private const int MaxProblemCount = 20;

    [Function(nameof(CrawlSiteOrchestrator))]
    public async Task<CrawlSiteOutput> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var checkpoint = context.GetInput<CrawlSiteCheckpoint>()!;
        var window = new BatchRange(
            checkpoint.FirstBatch + checkpoint.NextBatch,
            Math.Min(WindowSize, checkpoint.BatchCount - checkpoint.NextBatch)
        );

        var next = await CrawlWindowAsync(context, checkpoint, window);
        context.SetCustomStatus(new SiteProgress(next.NextBatch, checkpoint.BatchCount, next.Totals.PageCount));
        if (next.NextBatch >= checkpoint.BatchCount)
        {
            return next.Totals;
        }

        // A long run's objects are in lineage while it goes on; the last window is left to the run's closing record.
        var done = window with { Count = next.NextBatch - checkpoint.NextBatch };
        if (done.Count > 0)
        {
            context.StartRecord($"from{window.First}", new RecordRunCheckpoint { Run = checkpoint.Run, Batches = [done] });
        }

        context.ContinueAsNew(next);
        return next.Totals;
    }

    /// <returns>What to go on with; the window ends in the middle of a batch that has waited too often for one history.</returns>
    private static async Task<CrawlSiteCheckpoint> CrawlWindowAsync(
        TaskOrchestrationContext context,
        CrawlSiteCheckpoint checkpoint,
        BatchRange window
    )
    {
        var totals = checkpoint.Totals;
        var (offset, segment) = (0, checkpoint.NextSegment);
        var waits = new BatchWaits(context);
        var cleans = new List<Task<BatchResult>>();
        for (; offset < window.Count; offset++)
        {
            var batch = window.First + offset;
            var source = SourceOf(checkpoint);
            var crawl = source is null ? await CrawlBatchAsync(context, checkpoint, batch, segment, waits) : CrawlResult.None;
            segment = crawl.NextSegment;
            totals = totals with
            {
                PageCount = totals.PageCount + crawl.PageCount,
                IsCancelled = totals.IsCancelled || crawl.IsCancelled,
            };
            if (!crawl.IsDone)
            {
                break;
            }

            var done = checkpoint.NextBatch + offset + 1;
            context.SetCustomStatus(new SiteProgress(done, checkpoint.BatchCount, totals.PageCount));

            var targetCount = BatchNumbers.TargetCountOf(batch, checkpoint.BatchSize, checkpoint.TargetCount);
            var clean = new CleanBatchInput(checkpoint.Run, batch, targetCount, crawl.Problem, source, checkpoint.Site.Selectors);
            var step = checkpoint.Rerun?.From == RerunStep.Aggregate ? CleanContracts.ReuseBatch : CleanContracts.CleanBatch;
            cleans.Add(CleanBatchAsync(context, step, clean));
            if (cleans.Count > MaxParallelCleans)
            {
                totals = Fold(totals, await TakeFirstAsync(cleans));
            }
        }

        totals = (await Task.WhenAll(cleans)).Aggregate(totals, Fold);
        return checkpoint with { NextBatch = checkpoint.NextBatch + offset, NextSegment = segment, Totals = totals };
    }

    /// <summary>The run that the batches are taken from; null for a site that is crawled.</summary>
    private static RunRef? SourceOf(CrawlSiteCheckpoint checkpoint) =>
        checkpoint.Rerun switch
        {
            { From: RerunStep.Clean } rerun => rerun.Raw,
            { From: RerunStep.Aggregate } rerun => rerun.Run,
            _ => null,
        };

    /// <summary>
    /// One batch, time box by time box, waiting in between on a timer or for a place among the batches in flight. A crawl that
    /// breaks is a problem, no end.
    /// </summary>
    private static async Task<CrawlResult> CrawlBatchAsync(
        TaskOrchestrationContext context,
        CrawlSiteCheckpoint checkpoint,
        int batch,
        int segment,
        BatchWaits waits
    )
    {
        var pageCount = 0;
        while (!waits.AreMany)
        {
            CrawlBatchOutput output;
            try
            {
                var input = new CrawlBatchInput(checkpoint.Run, checkpoint.Site, batch, segment, checkpoint.Budget);
                output = await context.CallAsync(CrawlContracts.CrawlBatch, input, Retries.Transient);
            }
            catch (TaskFailedException failure)
            {
                return new CrawlResult(pageCount) { Problem = $"crawl-failed: {failure.Reason()}" };
            }

            pageCount += output.PageCount;
            if (output.IsDone)
            {
                return new CrawlResult(pageCount)
                {
                    IsCancelled = output.IsCancelled,
                    Problem = output.IsCancelled ? "cancelled" : output.Problem,
                };
            }

            segment = output.NextSegment;
            if (output.Circuit == CircuitState.Open)
            {
                var done = batch - checkpoint.FirstBatch;
                context.SetCustomStatus(new SiteProgress(done, checkpoint.BatchCount, checkpoint.Totals.PageCount + pageCount, output.Circuit, output.ResumeUtc));
            }

            await waits.BeforeAsync(output);
        }

        return new CrawlResult(pageCount) { IsDone = false, NextSegment = segment };
    }

    private static async Task<BatchResult> CleanBatchAsync(
        TaskOrchestrationContext context,
        ActivityContract<CleanBatchInput, CleanBatchOutput> step,
        CleanBatchInput input
    )
    {
        var problem =
            input.Problem is null or "cancelled" ? null
            : FetchReasons.IsBudget(input.Problem) ? $"{input.Problem}: what the plan allows a run is used up"
            : $"batch {input.Batch}: {input.Problem}";
        try
        {
            var output = await context.CallAsync(step, input, Retries.Transient);
            problem ??= output.Problem is null ? null : $"batch {input.Batch}: {output.Problem}";
            return new BatchResult(output.Objects, problem, output.IsCancelled);
        }
        catch (TaskFailedException failure)
        {
            return await FailBatchAsync(context, input with { Problem = $"clean-failed: {failure.Reason()}" });
        }
    }

    /// <summary>A batch that not even this helps is counted all the same: what is in transit at the run's end has failed.</summary>
    private static async Task<BatchResult> FailBatchAsync(TaskOrchestrationContext context, CleanBatchInput input)
    {
        var problem = $"batch {input.Batch}: {input.Problem}";
        try
        {
            var failed = await context.CallAsync(CleanContracts.FailBatch, input, Retries.Transient);
            return new BatchResult(failed.Objects, problem);
        }
        catch (TaskFailedException)
        {
            return new BatchResult(new ObjectCounts { Ingested = input.TargetCount }, problem);
        }
    }

    private static async Task<BatchResult> TakeFirstAsync(List<Task<BatchResult>> cleans)
    {
        var first = await Task.WhenAny(cleans);
        cleans.Remove(first);
        return await first;
    }

    private static CrawlSiteOutput Fold(CrawlSiteOutput totals, BatchResult batch) =>
        totals with
        {
            Objects = totals.Objects + batch.Objects,
            IsCancelled = totals.IsCancelled || batch.IsCancelled,
            Problems =
                batch.Problem is null || totals.Problems.Count >= MaxProblemCount || totals.Problems.Contains(batch.Problem)
                    ? totals.Problems
                    : [.. totals.Problems, batch.Problem],
        };

    private sealed record CrawlResult(int PageCount)
    {
        public static readonly CrawlResult None = new(0);

        public bool IsDone { get; init; } = true;

        public bool IsCancelled { get; init; }

        public string? Problem { get; init; }

        /// <summary>Where the batch goes on when it is not done.</summary>
        public int NextSegment { get; init; }
    }

    private sealed record BatchResult(ObjectCounts Objects, string? Problem, bool IsCancelled = false);
}
