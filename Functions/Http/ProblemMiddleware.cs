using System.Text.Json;
using Marketline.Analytics.Query;
using Marketline.Core.Faults;
using Marketline.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions.Http;

/// <summary>Whatever goes wrong behind it ends as problem+json without internals.</summary>
internal sealed partial class ProblemMiddleware(ILogger<ProblemMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private const string RetryAfterSeconds = "5";

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception failure) when (!IsGivenUp(http, context) && !http.Response.HasStarted)
        {
            await AnswerAsync(http, context, failure);
        }
    }

    /// <summary>Nobody waits for the answer any more. A cancellation without it is a storage client's time-out.</summary>
    private static bool IsGivenUp(HttpContext http, FunctionContext context) =>
        http.RequestAborted.IsCancellationRequested || context.CancellationToken.IsCancellationRequested;

    private async Task AnswerAsync(HttpContext http, FunctionContext context, Exception failure)
    {
        // The host wraps what a function throws.
        var cause = failure is AggregateException { InnerExceptions.Count: 1 } ? failure.InnerException! : failure;
        var answer = cause switch
        {
            JsonException json => Problems.BadJson(json),
            BadHttpRequestException bad => Problems.Of(bad.StatusCode, "The request can not be read.", bad.Message),
            QueryLimitException limit => Problems.QueryLimit(limit.Message),
            QueryBusyException => Problems.QueryBusy(http),
            // The server says some of what is wrong with chunks so.
            IOException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" } => Problems.Of(400, "The request can not be read.", "Its chunks are not as HTTP has them: send its length instead."),
            _ => null,
        };
        if (answer is null && (cause is TransientStepException || StorageFailures.IsTransient(failure, context.CancellationToken)))
        {
            LogUnavailable(cause, context.FunctionDefinition.Name);
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            answer = Problems.Unavailable();
        }

        if (answer is null)
        {
            LogFailed(cause, context.FunctionDefinition.Name);
            answer = Problems.Internal(System.Diagnostics.Activity.Current?.TraceId.ToString());
        }

        await answer.ExecuteAsync(http);
    }

    [LoggerMessage(LogLevel.Warning, "{Function}: what it needs does not answer as it should.")]
    private partial void LogUnavailable(Exception failure, string function);

    [LoggerMessage(LogLevel.Error, "{Function} failed.")]
    private partial void LogFailed(Exception failure, string function);
}
