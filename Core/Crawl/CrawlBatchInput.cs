using Marketline.Core.Plans;
using Marketline.Core.Runs;

namespace Marketline.Core.Crawl;

/// <param name="Segment">
/// 0 for the batch's first time box, then 1, 2, …: names the cursor to go on from and the part of the raw archive to write.
/// </param>
/// <param name="Budget">What the run may take; null: as much as there is.</param>
public sealed record CrawlBatchInput(RunRef Run, PlanSite Site, int Batch, int Segment, RunBudget? Budget = null);
