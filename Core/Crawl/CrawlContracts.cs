using Marketline.Core.Runs;

namespace Marketline.Core.Crawl;

/// <summary>The activities of crawling.</summary>
public static class CrawlContracts
{
    public static readonly ActivityContract<PlanTargetsInput, PlanTargetsOutput> PlanTargets = new("PlanTargetsActivity");

    /// <summary>For a rerun: what of a site is to be done again.</summary>
    public static readonly ActivityContract<PlanRerunInput, PlanRerunOutput> PlanRerun = new("PlanRerunActivity");

    public static readonly ActivityContract<CrawlBatchInput, CrawlBatchOutput> CrawlBatch = new("CrawlBatchActivity");

    /// <summary>What of a site the next run need not read again.</summary>
    public static readonly ActivityContract<RememberPagesInput, RememberPagesOutput> RememberPages = new("RememberPagesActivity");
}
