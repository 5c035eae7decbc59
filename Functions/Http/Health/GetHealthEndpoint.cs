using Marketline.Functions.Http.Operations;
using Marketline.Platforms.Render;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Health;

/// <summary>Says that the app answers. Needs no key and touches no storage.</summary>
public sealed class GetHealthEndpoint(RenderHealth rendering)
{
    [Function(nameof(GetHealthEndpoint))]
    [ApiOperation(EndpointAccess.Anyone, "Say that the app answers", Answer = typeof(HealthView))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request
    ) => Answers.Json(request, new HealthView("healthy", rendering.Problem));

    /// <summary>That the app answers.</summary>
    /// <param name="Status"><c>healthy</c>.</param>
    /// <param name="RenderingProblem">Why the browser did not start when this worker needed it last; absent when it did, or was not needed yet.</param>
    public sealed record HealthView(string Status, string? RenderingProblem);
}
