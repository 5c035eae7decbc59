using Marketline.Core.Runs;

namespace Marketline.Core.Crawl;

/// <summary>The activities of crawling.</summary>
public static class CrawlContracts
{
    public static readonly ActivityContract<PlanTargetsInput, PlanTargetsOutput> PlanTargets = new("PlanTargetsActivity");

    public static readonly ActivityContract<CrawlBatchInput, CrawlBatchOutput> CrawlBatch = new("CrawlBatchActivity");
}
