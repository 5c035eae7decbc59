using Marketline.Core.Json;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>Does a run again: all of it, what failed, or one step of it and those behind it.</summary>
public sealed class RerunRunEndpoint(RerunDesk desk)
{
    [Function(nameof(RerunRunEndpoint))]
    [ApiOperation(
        EndpointAccess.Owner,
        "Do a run again",
        Description = "All of it as the plan is now, only the pages that failed, or from a step on with what the run had before it: a new run with `rerunOf`. `from: lineage` writes the run's own lineage again.",
        Body = typeof(NewRerun),
        Answer = typeof(StartedRun),
        Status = 202
    )]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/runs/{runId}/rerun")] HttpRequest request,
        string runId,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var hasBody = request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        var body = hasBody ? await request.ReadFromJsonAsync<NewRerun>(JsonFormat.Options, cancellationToken) : null;
        return await desk.StartAsync(request, runId, body ?? new NewRerun(), client, cancellationToken);
    }
}
