using System.Text;
using System.Text.Json;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.DurableTask.Client;

namespace Marketline.Functions.Http.Runs;

/// <summary>
/// A run's events as they come (text/event-stream of the HTML standard). The function's answer writes to the response and
/// flushes: the worker's own Kestrel serves it, and the host passes it on as it comes. It ends before the front end's limit of
/// 230 seconds; the listener comes back with the last event's id. All listeners of a worker share one look at the run a second.
/// </summary>
internal sealed class RunEventStream(
    RunId runId,
    RunEventPlace start,
    RunViews views,
    DurableTaskClient client,
    TimeProvider time,
    CancellationToken stopping
) : IResult
{
    private static readonly TimeSpan Period = RunViews.Age;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(210);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        try
        {
            await WriteAsync(httpContext, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The listener has gone, or comes back to another worker.
        }
    }

    private async Task WriteAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var response = http.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        // Proxies of nginx's kind would keep it back.
        response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        var begunAt = time.GetTimestamp();
        var writtenAt = begunAt;
        var (place, text) = (start, new StringBuilder("retry: 1000\n\n"));
        while (!place.IsEnd && time.GetElapsedTime(begunAt) < Limit)
        {
            if (await views.FindAsync(runId, client, cancellationToken) is not { } run)
            {
                // Deleted with its tenant.
                return;
            }

            foreach (var happened in RunEvents.Since(place, run.View, run.IsEnded))
            {
                place = happened.Place;
                text.Append($"id: {place}\nevent: {happened.Name}\ndata: {JsonSerializer.Serialize(happened.Data, JsonFormat.Options)}\n\n");
            }

            if (text.Length == 0 && time.GetElapsedTime(writtenAt) >= Heartbeat)
            {
                text.Append(": nothing new\n\n");
            }

            if (text.Length > 0)
            {
                await response.WriteAsync(text.ToString(), cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                writtenAt = time.GetTimestamp();
                text.Clear();
            }

            if (!place.IsEnd)
            {
                await Task.Delay(Period, time, cancellationToken);
            }
        }
    }
}
