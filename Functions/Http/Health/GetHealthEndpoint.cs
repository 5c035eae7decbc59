using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Health;

/// <summary>Says that the app answers. Needs no key and touches no storage.</summary>
public sealed class GetHealthEndpoint
{
    [Function(nameof(GetHealthEndpoint))]
    [ApiOperation(EndpointAccess.Anyone, "Say that the app answers", Answer = typeof(HealthView))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request
    ) => Answers.Json(request, new HealthView("healthy"));

    /// <summary>That the app answers.</summary>
    /// <param name="Status"><c>healthy</c>.</param>
    public sealed record HealthView(string Status);
}
