using Marketline.Core.Lineage;
using Marketline.Core.Plans;
using Marketline.Core.Runs;

namespace Marketline.Core.Crawl;

/// <param name="Batches">All batches of the site.</param>
public sealed record RememberPagesInput(RunRef Run, PlanSite Site, BatchRange Batches);
