using Marketline.Core.Json;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Plans;

/// <summary>Tries a plan without a run.</summary>
public sealed class PreviewPlanEndpoint(PlanDesk desk, PlanPreview preview)
{
    [Function(nameof(PreviewPlanEndpoint))]
    [ApiOperation(
        EndpointAccess.Owner,
        "Try a plan",
        Description = "Finds the first targets of up to three sites, fetches one page of each and shows what stands on it. Takes up to 25 s; stores nothing.",
        Body = typeof(NewPlan),
        Answer = typeof(PlanPreviewView)
    )]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/plan-previews")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var sent = await request.ReadFromJsonAsync<NewPlan>(JsonFormat.Options, cancellationToken);
        var (plan, problem) = desk.Check(sent, request.TenantId(), "preview");
        return plan is null ? problem! : Results.Json(new PlanPreviewView(await preview.ShowAsync(plan, cancellationToken)), JsonFormat.Options);
    }

    /// <summary>What the plan's first sites have.</summary>
    private sealed record PlanPreviewView(IReadOnlyList<SitePreview> Sites);
}
