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
/// as new after a window of batches, so that a site of a million URLs has a short history.
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

        var totals = await CrawlWindowAsync(context, checkpoint, window);
        var next = checkpoint.NextBatch + window.Count;
        context.SetCustomStatus(new SiteProgress(next, checkpoint.BatchCount, totals.PageCount));
        if (next >= checkpoint.BatchCount)
        {
            return totals;
        }

        // A long run's objects are in lineage while it goes on; the last window is left to the run's closing record.
        context.StartRecord($"from{window.First}", new RecordRunCheckpoint { Run = checkpoint.Run, Batches = [window] });
        context.ContinueAsNew(checkpoint with { NextBatch = next, Totals = totals });
        return totals;
    }

    private static async Task<CrawlSiteOutput> CrawlWindowAsync(
        TaskOrchestrationContext context,
        CrawlSiteCheckpoint checkpoint,
        BatchRange window
    )
    {
        var totals = checkpoint.Totals;
        var cleans = new List<Task<BatchResult>>();
        for (var offset = 0; offset < window.Count; offset++)
        {
            var batch = window.First + offset;
            var crawl = await CrawlBatchAsync(context, checkpoint, batch);
            totals = totals with
            {
                PageCount = totals.PageCount + crawl.PageCount,
                IsCancelled = totals.IsCancelled || crawl.IsCancelled,
            };
            var done = checkpoint.NextBatch + offset + 1;
            context.SetCustomStatus(new SiteProgress(done, checkpoint.BatchCount, totals.PageCount));

            var targetCount = BatchNumbers.TargetCountOf(batch, checkpoint.BatchSize, checkpoint.TargetCount);
            var clean = new CleanBatchInput(checkpoint.Run, batch, targetCount, crawl.Problem);
            cleans.Add(CleanBatchAsync(context, clean));
            if (cleans.Count > MaxParallelCleans)
            {
                totals = Fold(totals, await TakeFirstAsync(cleans));
            }
        }

        return (await Task.WhenAll(cleans)).Aggregate(totals, Fold);
    }

    /// <summary>One batch, time box by time box, waiting on a timer in between. A crawl that breaks is a problem, no end.</summary>
    private static async Task<CrawlResult> CrawlBatchAsync(
        TaskOrchestrationContext context,
        CrawlSiteCheckpoint checkpoint,
        int batch
    )
    {
        var pageCount = 0;
        var segment = 0;
        while (true)
        {
            CrawlBatchOutput output;
            try
            {
                var input = new CrawlBatchInput(checkpoint.Run, checkpoint.Site, batch, segment);
                output = await context.CallAsync(CrawlContracts.CrawlBatch, input, Retries.Transient);
            }
            catch (TaskFailedException failure)
            {
                return new CrawlResult(pageCount, false, $"crawl-failed: {failure.Reason()}");
            }

            pageCount += output.PageCount;
            if (output.IsDone)
            {
                return new CrawlResult(pageCount, output.IsCancelled, output.IsCancelled ? "cancelled" : null);
            }

            segment = output.NextSegment;
            if (output.ResumeUtc is { } resumeUtc)
            {
                await context.CreateTimer(resumeUtc.UtcDateTime, CancellationToken.None);
            }
        }
    }

    private static async Task<BatchResult> CleanBatchAsync(TaskOrchestrationContext context, CleanBatchInput input)
    {
        var problem = input.Problem is null or "cancelled" ? null : $"batch {input.Batch}: {input.Problem}";
        try
        {
            var output = await context.CallAsync(CleanContracts.CleanBatch, input, Retries.Transient);
            return new BatchResult(output.Objects, problem ?? (output.Problem is null ? null : $"batch {input.Batch}: {output.Problem}"));
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
            Problems =
                batch.Problem is null || totals.Problems.Count >= MaxProblemCount
                    ? totals.Problems
                    : [.. totals.Problems, batch.Problem],
        };

    private sealed record CrawlResult(int PageCount, bool IsCancelled, string? Problem);

    private sealed record BatchResult(ObjectCounts Objects, string? Problem);
}
