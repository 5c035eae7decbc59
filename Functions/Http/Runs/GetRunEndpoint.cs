using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>One run: its row, and while it goes on how far it is; at most a second old.</summary>
public sealed class GetRunEndpoint(RunViews views)
{
    [Function(nameof(GetRunEndpoint))]
    [ApiOperation(EndpointAccess.Reader, "Tell how a run is", Description = "What it tells of a run under way is at most a second old.", Answer = typeof(RunView))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{runId}")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) =>
        RunAddress.Parse(request, runId) is { } id && await views.FindAsync(id, client, cancellationToken) is { } run
            ? new CachedRunResult(run)
            : RunAddress.NotThere(runId);
}
