using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>Stops a run for a while.</summary>
public sealed class SuspendRunEndpoint(RunControl control)
{
    [Function(nameof(SuspendRunEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Suspend a run", Description = "It stops after the steps that are under way, at most one time box (3 minutes), until it is resumed.", Status = 202)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{runId}/suspend")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => control.SuspendAsync(request, runId, client, cancellationToken);
}
