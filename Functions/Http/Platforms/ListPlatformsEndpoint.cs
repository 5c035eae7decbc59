using Marketline.Core.Plans;
using Marketline.Functions.Http.Operations;
using Marketline.Platforms;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Platforms;

/// <summary>The platforms of this installation and which of them are paused.</summary>
public sealed class ListPlatformsEndpoint(PlatformConnectors connectors, TablePauseStore pauses)
{
    [Function(nameof(ListPlatformsEndpoint))]
    [ApiOperation(EndpointAccess.Admin, "List the platforms", Answer = typeof(PlatformList))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/operator/platforms")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var paused = (await pauses.ListAsync(cancellationToken)).ToDictionary(pause => pause.Platform);
        var list = connectors.Platforms.Order(StringComparer.Ordinal).Select(name => new PlatformView(name, paused.GetValueOrDefault(name)));
        return Answers.Json(request, new PlatformList([.. list]));
    }

    /// <summary>A platform that this installation can crawl.</summary>
    /// <param name="Pause">Null: its schedules run.</param>
    private sealed record PlatformView(string Platform, PlatformPause? Pause);

    /// <summary>All platforms, by name.</summary>
    private sealed record PlatformList(IReadOnlyList<PlatformView> Platforms);
}
