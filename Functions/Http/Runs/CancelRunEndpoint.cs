using Marketline.Activities.Admission;
using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>
/// Asks a run to end: it is taken out of the queue, or finds a flag. What is fetched is still cleaned and delivered, the rest
/// ends as failed with the reason <c>cancelled</c>.
/// </summary>
public sealed class CancelRunEndpoint(TableRunStore runs, RunCanceller canceller)
{
    [Function(nameof(CancelRunEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Cancel a run", Description = "What is fetched is still cleaned and delivered; the rest ends as failed with the reason `cancelled`.", Status = 202)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{runId}/cancel")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        if (
            !RunId.TryParse(runId, out var id)
            || id.TenantId != request.TenantId()
            || await runs.FindAsync(id, cancellationToken) is null
        )
        {
            return Problems.NotFound($"The run '{runId}'", "GET /api/runs lists the runs.");
        }

        await canceller.CancelAsync(client, id, cancellationToken);
        return Results.Accepted($"/api/runs/{id}");
    }
}
