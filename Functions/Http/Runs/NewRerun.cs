using Marketline.Core.Runs;

namespace Marketline.Functions.Http.Runs;

/// <summary>What is to be done again of a run.</summary>
/// <param name="Only"><c>all</c>, <c>failed</c>, or <c>quarantined</c>: with what failed. Only what is fetched again can be chosen.</param>
/// <param name="From">The step to begin with: <c>crawl</c>, <c>clean</c>, <c>aggregate</c> or <c>lineage</c>.</param>
/// <param name="Priority">0 (first) to 9 (last) among the tenant's waiting runs.</param>
internal sealed record NewRerun(RerunScope Only = RerunScope.All, RerunStep From = RerunStep.Crawl, int Priority = 5);
