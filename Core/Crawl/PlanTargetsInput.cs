using Marketline.Core.Plans;
using Marketline.Core.Runs;

namespace Marketline.Core.Crawl;

/// <param name="FirstBatch">The number of the site's first batch; a site's batches are numbered on from it.</param>
public sealed record PlanTargetsInput(RunRef Run, PlanSite Site, PlanLimits Limits, int FirstBatch);
