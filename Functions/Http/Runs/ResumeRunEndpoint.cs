using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>Has a suspended run go on.</summary>
public sealed class ResumeRunEndpoint(RunControl control)
{
    [Function(nameof(ResumeRunEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Resume a suspended run", Description = "It goes on where it stopped.", Status = 202)]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{runId}/resume")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    ) => control.ResumeAsync(request, runId, client, cancellationToken);
}
