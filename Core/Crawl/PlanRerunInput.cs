using Marketline.Core.Plans;
using Marketline.Core.Runs;

namespace Marketline.Core.Crawl;

/// <param name="Site">As it was in the run that is repeated, at the same place among its sites.</param>
/// <param name="FirstBatch">The number of the site's first batch, in both runs.</param>
public sealed record PlanRerunInput(RunRef Run, PlanSite Site, PlanLimits Limits, int FirstBatch, RerunSource Rerun);
