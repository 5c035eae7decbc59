using System.ComponentModel.DataAnnotations;
using Marketline.Core.Json;
using Marketline.Core.Plans;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Platforms;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Platforms;

/// <summary>Pauses a platform over the whole installation.</summary>
public sealed class PausePlatformEndpoint(PlatformConnectors connectors, TablePauseStore pauses, TimeProvider time)
{
    [Function(nameof(PausePlatformEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "Pause a platform", Description = "No schedule starts a run of it, for any tenant; runs under way go on. In force on every worker within 15 seconds.", Body = typeof(NewPause), Status = 204)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/operator/platforms/{platform}/pause")] HttpRequest request,
        string platform,
        CancellationToken cancellationToken
    )
    {
        var body = await request.ReadFromJsonAsync<NewPause>(JsonFormat.Options, cancellationToken);
        if (!connectors.Platforms.Contains(platform))
        {
            return Problems.NotFound($"The platform '{platform}'", "GET /api/operator/platforms lists them.");
        }

        if (body?.Reason?.Length > MaxReasonLength)
        {
            return Problems.Field("reason", $"At most {MaxReasonLength} characters are expected.");
        }

        var pause = new PlatformPause { Platform = platform, SinceUtc = time.GetUtcNow(), By = request.Caller().Id, Reason = body?.Reason };
        await pauses.PauseAsync(pause, cancellationToken);
        return Results.NoContent();
    }

    private const int MaxReasonLength = 500;

    /// <summary>A pause of a platform.</summary>
    /// <param name="Reason">For the other operators.</param>
    private sealed record NewPause([StringLength(MaxReasonLength)] string? Reason);
}
