using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Json;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>Tries a plan's selectors on one page.</summary>
public sealed class TestExtractionEndpoint(PlanDesk desk, ExtractionTrials trials)
{
    [Function(nameof(TestExtractionEndpoint))]
    [ApiOperation(
        EndpointAccess.Owner,
        "Try a plan's selectors",
        Description = "Fetches one page of the plan's sites and shows what a run would read from it, with evidence. Takes up to 25 s; stores nothing.",
        Body = typeof(ExtractionTrial),
        Answer = typeof(ExtractionTrialView)
    )]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/plans/{planId}/test-extraction")] HttpRequest request,
        string planId,
        CancellationToken cancellationToken
    )
    {
        var (found, problem) = await desk.FindAsync(request.TenantId(), planId, cancellationToken);
        if (found is null)
        {
            return problem!;
        }

        var sent = await request.ReadFromJsonAsync<ExtractionTrial>(JsonFormat.Options, cancellationToken);
        var site = sent is null ? null : ExtractionTrials.SiteOf(found.Plan, sent.Url);
        var problems = new Dictionary<string, string[]>();
        if (found.Plan.Kind == CrawlKind.Reviews)
        {
            problems["planId"] = ["A plan of products or prices is expected: selectors are for offers."];
        }

        if (site is null)
        {
            problems["url"] = ["An address of one of the plan's sites is expected."];
        }

        FieldOverrideRules.Check(sent?.Selectors ?? [], "selectors", problems);
        SelectorProblems.Add(sent?.Selectors, "selectors", problems);
        return problems.Count > 0
            ? Problems.Invalid(problems)
            : Results.Json(await trials.ShowAsync(found.Plan, site!, sent!.Url, sent.Selectors ?? site!.Selectors ?? [], cancellationToken), JsonFormat.Options);
    }
}
