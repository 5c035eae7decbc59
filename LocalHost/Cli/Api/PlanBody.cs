using Marketline.Core.Crawl;
using Marketline.Core.Plans;

namespace Marketline.LocalHost.Cli.Api;

/// <summary>The body of <c>PUT /api/plans/{planId}</c>.</summary>
internal sealed record PlanBody(
    string Platform,
    CrawlKind Kind,
    IReadOnlyList<PlanSite> Sites,
    string? Schedule = null,
    PlanLimits? Limits = null
);
