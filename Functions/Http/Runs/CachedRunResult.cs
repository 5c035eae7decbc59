using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Runs;

/// <summary>A run's answer as it stands in the cache, or 304 for who has it already.</summary>
internal sealed class CachedRunResult(CachedRun run) : IResult
{
    private static readonly string UnderWay = Control(RunViews.Age);
    private static readonly string Closed = Control(RunViews.ClosedAge);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ETag = run.ETag;
        response.Headers.CacheControl = run.Age == RunViews.ClosedAge ? Closed : UnderWay;
        if (Answers.IsKnown(httpContext.Request, run.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = run.Json.Length;
        return response.Body.WriteAsync(run.Json, httpContext.RequestAborted).AsTask();
    }

    private static string Control(TimeSpan age) => string.Create(CultureInfo.InvariantCulture, $"private, max-age={age.TotalSeconds:0}");
}
