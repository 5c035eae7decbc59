using Marketline.Core.Aggregate;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Orchestrators.Lineage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Marketline.Orchestrators.Crawl;

/// <summary>
/// A run: plan the sites, crawl and clean them side by side, aggregate all that is clean, and keep the records beside it.
/// A site or batch that fails is noted in the run's problems and leaves its siblings alone; records that can not be written
/// now are written later, without the run waiting for them. A rerun takes what it does not do again from the run that it
/// repeats; when the run has completed, the runs are started that its plan names as followers.
/// </summary>
public sealed partial class TenantCrawlOrchestrator
{
    /// <summary>Another run of the tenant holds the gold lock for seconds, seldom longer.</summary>
    private static readonly TimeSpan GoldBusyDelay = TimeSpan.FromSeconds(5);

    [Function(nameof(TenantCrawlOrchestrator))]
    public async Task<RunSummary> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<RunInput>()!;
        var startedUtc = context.UtcNow();
        context.StartRecord("open", new RecordRunCheckpoint { Run = input.Run });

        context.SetCustomStatus(new RunProgress("planning", input.Sites.Count, 0));
        var plans = await Task.WhenAll(input.Sites.Select((_, site) => PlanAsync(context, input, site)));

        context.SetCustomStatus(new RunProgress("crawling", input.Sites.Count, plans.Sum(plan => plan.TargetCount)));
        var sites = await CrawlAsync(context, input, plans, startedUtc);

        context.SetCustomStatus(new RunProgress("aggregating", input.Sites.Count, plans.Sum(plan => plan.TargetCount)));
        var (gold, goldProblem) = await AggregateAsync(context, input, plans, hasUnchanged: sites.Any(site => site.Objects.Unchanged > 0));
        await RememberAsync(context, input, plans);

        var problems = plans.Select(plan => plan.Problem).OfType<string>().Concat(sites.SelectMany(site => site.Problems));
        var summary = RunSummaries.Fold(startedUtc, context.UtcNow(), plans, sites, gold, [.. problems, .. goldProblem]);
        context.StartRecord("close", Closing(input.Run, plans, summary));
        context.SetCustomStatus(new RunProgress("done", input.Sites.Count, plans.Sum(plan => plan.TargetCount)));
        await StartFollowUpsAsync(context, input, summary);
        return summary;
    }

    private static async Task<PlanTargetsOutput> PlanAsync(TaskOrchestrationContext context, RunInput input, int site)
    {
        var plan = new PlanTargetsInput(input.Run, input.Sites[site], input.Limits, BatchNumbers.FirstOf(site));
        try
        {
            if (input.Rerun is { } rerun)
            {
                var again = new PlanRerunInput(plan.Run, plan.Site, plan.Limits, plan.FirstBatch, rerun);
                var output = await context.CallAsync(CrawlContracts.PlanRerun, again, Retries.Transient);
                if (!output.IsUnplanned)
                {
                    return new PlanTargetsOutput(output.BatchCount, output.TargetCount, output.Problem);
                }
            }

            while (true)
            {
                var output = await context.CallAsync(CrawlContracts.PlanTargets, plan, Retries.Transient);
                if (output.ResumeUtc is null && output.NextSegment is null)
                {
                    return output;
                }

                if (output.NextSegment is { } segment)
                {
                    plan = plan with { Segment = segment, BatchesDone = output.BatchCount };
                }

                if (output.ResumeUtc is { } resumeUtc)
                {
                    await context.CreateTimer(resumeUtc.UtcDateTime, CancellationToken.None);
                }
            }
        }
        catch (TaskFailedException failure)
        {
            return new PlanTargetsOutput(0, 0, $"{input.Sites[site].BaseUrl}: planning failed: {failure.Reason()}");
        }
    }

    private static async Task<CrawlSiteOutput[]> CrawlAsync(
        TaskOrchestrationContext context,
        RunInput input,
        PlanTargetsOutput[] plans,
        DateTimeOffset startedUtc
    )
    {
        var outputs = new CrawlSiteOutput[plans.Length];
        var running = new List<Task>();
        for (var site = 0; site < plans.Length; site++)
        {
            if (running.Count >= input.Limits.MaxParallelSites)
            {
                running.Remove(await Task.WhenAny(running));
            }

            running.Add(CrawlSiteAsync(context, input, plans, startedUtc, outputs, site));
        }

        await Task.WhenAll(running);
        return outputs;
    }

    private static async Task CrawlSiteAsync(
        TaskOrchestrationContext context,
        RunInput input,
        PlanTargetsOutput[] plans,
        DateTimeOffset startedUtc,
        CrawlSiteOutput[] outputs,
        int site
    )
    {
        var checkpoint = new CrawlSiteCheckpoint
        {
            Run = input.Run,
            Site = input.Sites[site],
            FirstBatch = BatchNumbers.FirstOf(site),
            BatchCount = plans[site].BatchCount,
            BatchSize = input.Limits.BatchSize,
            TargetCount = plans[site].TargetCount,
            Budget = RunBudget.Of(input.Limits, startedUtc),
            Rerun = input.Rerun,
        };
        var options = new SubOrchestrationOptions(new TaskOptions(), InstanceIds.Site(input.Run.RunId, site));
        try
        {
            outputs[site] = await context.CallSubOrchestratorAsync<CrawlSiteOutput>(
                nameof(CrawlSiteOrchestrator),
                checkpoint,
                options
            );
        }
        catch (TaskFailedException failure)
        {
            var problem = $"{input.Sites[site].BaseUrl}: {failure.Reason()}";
            // What the site had done is not known here. What of it is in gold will be known; the rest has failed.
            var objects = new ObjectCounts { Ingested = plans[site].TargetCount };
            outputs[site] = new CrawlSiteOutput { Objects = objects, Problems = [problem] };
        }
    }

    private static async Task<(AggregateOutput Gold, IReadOnlyList<string> Problems)> AggregateAsync(
        TaskOrchestrationContext context,
        RunInput run,
        PlanTargetsOutput[] plans,
        bool hasUnchanged
    )
    {
        var excluded = new HashSet<int>();
        var mended = new HashSet<int>();
        try
        {
            while (true)
            {
                var input = new AggregateInput(run.Run, [.. excluded.Order()], hasUnchanged);
                var gold = await context.CallAsync(AggregateContracts.Aggregate, input, Retries.Transient);
                if (gold.IsBusy)
                {
                    await context.CreateTimer(GoldBusyDelay, CancellationToken.None);
                    continue;
                }

                if (gold.DamagedBatches.Count == 0)
                {
                    return (gold, [.. excluded.Order().Select(batch => $"batch {batch}: its clean file is damaged")]);
                }

                foreach (var batch in gold.DamagedBatches)
                {
                    // Made once more from the raw archive, of which a rerun of the gold step knows nothing; when that does not
                    // help it is left out.
                    if (run.Rerun?.From == RerunStep.Aggregate || !mended.Add(batch) || !await CleanAgainAsync(context, Again(run, plans, batch)))
                    {
                        excluded.Add(batch);
                    }
                }
            }
        }
        catch (TaskFailedException failure)
        {
            return (new AggregateOutput(), [$"aggregation failed: {failure.Reason()}"]);
        }
    }

    /// <summary>What can not be noted is read again by the next run. A rerun that takes its pages from an archive has read none.</summary>
    private static async Task RememberAsync(TaskOrchestrationContext context, RunInput input, PlanTargetsOutput[] plans)
    {
        if (input.SchemaVersion < RunInput.RemembersPages || input.Rerun?.From is RerunStep.Clean or RerunStep.Aggregate)
        {
            return;
        }

        try
        {
            var sites = plans
                .Select((plan, site) => new RememberPagesInput(input.Run, input.Sites[site], new BatchRange(BatchNumbers.FirstOf(site), plan.BatchCount)))
                .Where(site => site.Batches.Count > 0);
            await Task.WhenAll(sites.Select(site => context.CallAsync(CrawlContracts.RememberPages, site, Retries.Transient)));
        }
        catch (TaskFailedException failure)
        {
            var logger = context.CreateReplaySafeLogger<TenantCrawlOrchestrator>();
            LogPagesNotRemembered(logger, input.Run.TenantId.Value, input.Run.RunId.Value, failure.Reason());
        }
    }

    private static async Task<bool> CleanAgainAsync(TaskOrchestrationContext context, CleanBatchInput input)
    {
        try
        {
            await context.CallAsync(CleanContracts.CleanBatch, input, Retries.Transient);
            return true;
        }
        catch (TaskFailedException)
        {
            return false;
        }
    }

    private static CleanBatchInput Again(RunInput input, PlanTargetsOutput[] plans, int batch)
    {
        var site = BatchNumbers.SiteOf(batch);
        var targetCount = BatchNumbers.TargetCountOf(batch, input.Limits.BatchSize, plans[site].TargetCount);
        var source = input.Rerun?.From == RerunStep.Clean ? input.Rerun.Raw : null;
        return new(input.Run, batch, targetCount, Source: source, Selectors: input.Sites[site].Selectors);
    }

    /// <summary>A follower that can not be started is no failure of this run: the activity logs it.</summary>
    private static async Task StartFollowUpsAsync(TaskOrchestrationContext context, RunInput input, RunSummary summary)
    {
        if (input.Then.Count == 0 || summary.Status is not (RunStatus.Completed or RunStatus.CompletedWithErrors))
        {
            return;
        }

        try
        {
            var followers = new StartFollowUpsInput(input.Run, input.Then, summary.FinishedUtc, input.Depth + 1);
            await context.CallAsync(FollowUpContracts.StartFollowUps, followers, Retries.Transient);
        }
        catch (TaskFailedException failure)
        {
            var logger = context.CreateReplaySafeLogger<TenantCrawlOrchestrator>();
            LogFollowersNotStarted(logger, input.Run.TenantId.Value, input.Run.RunId.Value, failure.Reason());
        }
    }

    private static RecordRunCheckpoint Closing(RunRef run, PlanTargetsOutput[] plans, RunSummary summary) =>
        new()
        {
            Run = run,
            Batches =
            [
                .. plans
                    .Select((plan, site) => new BatchRange(BatchNumbers.FirstOf(site), plan.BatchCount))
                    .Where(range => range.Count > 0),
            ],
            Summary = summary,
        };

    [LoggerMessage(LogLevel.Warning, "{TenantId} {RunId}: what it has read was not noted, the next run reads it again: {Reason}")]
    private static partial void LogPagesNotRemembered(ILogger logger, string tenantId, string runId, string reason);

    [LoggerMessage(LogLevel.Error, "{TenantId} {RunId}: its followers were not started: {Reason}")]
    private static partial void LogFollowersNotStarted(ILogger logger, string tenantId, string runId, string reason);
}
