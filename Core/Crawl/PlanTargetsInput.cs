using Marketline.Core.Plans;
using Marketline.Core.Runs;

namespace Marketline.Core.Crawl;

/// <param name="FirstBatch">The number of the site's first batch; a site's batches are numbered on from it.</param>
/// <param name="Segment">0 for the first time box, then 1, 2, …</param>
/// <param name="BatchesDone">How many batches earlier time boxes have written.</param>
public sealed record PlanTargetsInput(RunRef Run, PlanSite Site, PlanLimits Limits, int FirstBatch, int Segment = 0, int BatchesDone = 0);
