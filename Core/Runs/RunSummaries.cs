using Marketline.Core.Aggregate;
using Marketline.Core.Crawl;

namespace Marketline.Core.Runs;

/// <summary>Folds what a run's steps returned into its summary.</summary>
public static class RunSummaries
{
    private const int MaxProblemCount = 20;

    /// <summary>
    /// Objects that no step has finished (the gold step failed, a site's crawl broke off) count as failed: nothing is in
    /// transit at the end.
    /// </summary>
    public static RunSummary Fold(
        DateTimeOffset startedUtc,
        DateTimeOffset finishedUtc,
        IReadOnlyList<PlanTargetsOutput> plans,
        IReadOnlyList<CrawlSiteOutput> sites,
        AggregateOutput gold,
        IReadOnlyList<string> problems
    )
    {
        var counts = sites.Aggregate(ObjectCounts.None, (sum, site) => sum + site.Objects) + gold.Objects;
        if (counts.InTransit > 0 && problems.Count == 0)
        {
            // No step failed, and yet the gold step has not found all that was clean.
            problems = [$"{counts.InTransit} objects were clean, but their files were gone before the datasets were made"];
        }

        return new RunSummary
        {
            Status = StatusOf(plans, sites, problems),
            StartedUtc = startedUtc,
            FinishedUtc = finishedUtc,
            PageCount = sites.Sum(site => site.PageCount),
            BatchCount = plans.Sum(plan => plan.BatchCount),
            Objects = Settle(counts),
            Datasets = gold.Datasets,
            Problems = [.. problems.Distinct().Take(MaxProblemCount)],
        };
    }

    /// <summary>A site that broke off is known by its targets only, and gold may hold more objects of it than it had targets.</summary>
    private static ObjectCounts Settle(ObjectCounts counts) =>
        counts.InTransit >= 0
            ? counts with { Failed = counts.Failed + counts.InTransit }
            : counts with { Ingested = counts.Ingested - counts.InTransit };

    private static RunStatus StatusOf(
        IReadOnlyList<PlanTargetsOutput> plans,
        IReadOnlyList<CrawlSiteOutput> sites,
        IReadOnlyList<string> problems
    )
    {
        if (sites.Any(site => site.IsCancelled))
        {
            return RunStatus.Cancelled;
        }

        if (problems.Count == 0)
        {
            return RunStatus.Completed;
        }

        return plans.All(plan => plan.BatchCount == 0) ? RunStatus.Failed : RunStatus.CompletedWithErrors;
    }
}
