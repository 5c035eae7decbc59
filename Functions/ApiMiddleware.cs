using System.Text.Json;
using Marketline.Functions.Http;
using Marketline.Functions.Http.Access;
using Marketline.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;

namespace Marketline.Functions;

/// <summary>
/// Stands before every HTTP endpoint: nobody gets to a tenant's without that tenant's key, or to the operator's
/// (<c>/api/operator/…</c>) without the operator's. What goes wrong behind it ends as problem+json without internals.
/// </summary>
internal sealed partial class ApiMiddleware(ApiAccess access, ILogger<ApiMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private const string OperatorPath = "/api/operator";
    private const string HealthPath = "/api/health";
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
            if (await AdmitAsync(http) is { } refusal)
            {
                await refusal.ExecuteAsync(http);
                return;
            }

            await next(context);
        }
        catch (Exception failure) when (!IsGivenUp(http, context) && !http.Response.HasStarted)
        {
            await AnswerAsync(http, context, failure);
        }
    }

    /// <returns>Null when the request may pass.</returns>
    private async Task<IResult?> AdmitAsync(HttpContext http)
    {
        if (http.Request.Path.Equals(HealthPath, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var caller = await access.IdentifyAsync(http.Request, http.RequestAborted);
        if (caller is null)
        {
            return Problems.Unauthorized();
        }

        var isOperatorPath = http.Request.Path.StartsWithSegments(OperatorPath, StringComparison.OrdinalIgnoreCase);
        if (caller.IsOperator != isOperatorPath)
        {
            return Problems.Forbidden(isOperatorPath);
        }

        http.SetCaller(caller);
        return null;
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
            _ => null,
        };
        if (answer is null && StorageFailures.IsTransient(failure, context.CancellationToken))
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

    [LoggerMessage(LogLevel.Warning, "{Function}: the storage does not answer as it should.")]
    private partial void LogUnavailable(Exception failure, string function);

    [LoggerMessage(LogLevel.Error, "{Function} failed.")]
    private partial void LogFailed(Exception failure, string function);
}
