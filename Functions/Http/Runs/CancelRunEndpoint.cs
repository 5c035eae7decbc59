using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>Asks a run to end: one that waits is taken out of the queue, one under way sees a flag.</summary>
public sealed class CancelRunEndpoint(RunControl control)
{
    [Function(nameof(CancelRunEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Cancel a run", Description = "What is fetched is still cleaned and delivered; the rest ends as failed with the reason `cancelled`.", Status = 202)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{runId}/cancel")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => control.CancelAsync(request, runId, client, cancellationToken);
}
