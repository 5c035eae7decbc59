using Marketline.Functions.Http.Operations;
using Marketline.Platforms;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Platforms;

/// <summary>Ends a platform's pause.</summary>
public sealed class ResumePlatformEndpoint(PlatformConnectors connectors, TablePauseStore pauses)
{
    [Function(nameof(ResumePlatformEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Resume a platform", Status = 204)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/platforms/{platform}/resume")] HttpRequest request,
        string platform,
        CancellationToken cancellationToken
    )
    {
        return connectors.Platforms.Contains(platform) && await pauses.ResumeAsync(platform, cancellationToken)
            ? Results.NoContent()
            : Problems.NotFound($"A pause of the platform '{platform}'", "GET /api/operator/platforms lists the pauses.");
    }
}
