using Marketline.Core.Naming;
using Marketline.Functions.Http.Access;
using Marketline.Functions.Http.Operations;
using Marketline.Storage.Blobs;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Marketline.Functions.Http.Runs;

/// <summary>
/// Asks a run to end: sets the flag that its activities watch. What is fetched is still cleaned and delivered, the rest ends
/// as failed with the reason <c>cancelled</c>.
/// </summary>
public sealed class CancelRunEndpoint(TableRunStore runs, BlobArtifactStore blobs)
{
    [Function(nameof(CancelRunEndpoint))]
    [ApiOperation(EndpointAccess.Owner, "Cancel a run", Description = "What is fetched is still cleaned and delivered; the rest ends as failed with the reason `cancelled`.", Status = 202)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{runId}/cancel")] HttpRequest request,
        string runId,
        CancellationToken cancellationToken
    )
    {
        var tenantId = request.TenantId();
        if (
            !RunId.TryParse(runId, out var id)
            || id.TenantId != tenantId
            || await runs.FindAsync(id, cancellationToken) is null
        )
        {
            return Problems.NotFound($"The run '{runId}'", "GET /api/runs lists the runs.");
        }

        using var empty = new MemoryStream();
        await blobs.WriteAsync(tenantId, BlobNames.CancelFlag(id), empty, cancellationToken);
        return Results.Accepted($"/api/runs/{id}");
    }
}
