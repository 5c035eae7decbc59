using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;

namespace Marketline.Functions.Http.Runs;

/// <summary>A run's events while it goes on. Counts as one request of the tenant, however long it lasts.</summary>
public sealed class GetRunEventsEndpoint(RunViews views, RunListeners listeners, IHostApplicationLifetime lifetime, TimeProvider time)
{
    [Function(nameof(GetRunEventsEndpoint))]
    [ApiOperation(
        EndpointAccess.Reader,
        "Listen to a run",
        Description = "Server-sent events: `status`, `progress`, `problem`, and `end` with the run. A stream ends after three and a half minutes; `Last-Event-ID` takes it up where it ended, and answers 204 when there is nothing more to tell.",
        ContentType = "text/event-stream"
    )]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/runs/{runId}/events")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        if (RunAddress.Parse(request, runId) is not { } id || await views.FindAsync(id, client, cancellationToken) is null)
        {
            return RunAddress.NotThere(runId);
        }

        // Without a known place it begins at the beginning.
        var place = RunEventPlace.TryParse(request.Headers["Last-Event-ID"], out var last) ? last : RunEventPlace.Start;
        if (place.IsEnd)
        {
            return Results.NoContent();
        }

        if (listeners.TryEnter(id.TenantId) is not { } listening)
        {
            return Problems.Of(429, "Too many event streams.", $"A tenant may have {RunListeners.MaxPerTenant} open on a worker: end some, or ask GET {RunAddress.Of(id)} each second.");
        }

        request.HttpContext.Response.RegisterForDispose(listening);
        return new RunEventStream(id, place, views, client, time, lifetime.ApplicationStopping);
    }
}
