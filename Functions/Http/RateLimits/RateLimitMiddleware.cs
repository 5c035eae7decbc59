using System.Globalization;
using Marketline.Functions.Http.Access;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace Marketline.Functions.Http.RateLimits;

/// <summary>
/// Refuses what a tenant sends beyond its requests a minute, and tells how many are left in the fields of the IETF draft
/// (draft-ietf-httpapi-ratelimit-headers: <c>RateLimit-Policy</c>, <c>RateLimit</c>).
/// </summary>
internal sealed class RateLimitMiddleware(RequestLimits limits) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && http.FindCaller()?.TenantId is { } tenantId)
        {
            var allowance = await limits.TakeAsync(tenantId, http.RequestAborted);
            Tell(http.Response.Headers, allowance);
            if (!allowance.IsAllowed)
            {
                await Problems.TooManyRequests(allowance.Limit, allowance.ResetSeconds).ExecuteAsync(http);
                return;
            }
        }

        await next(context);
    }

    private static void Tell(IHeaderDictionary headers, RequestAllowance allowance)
    {
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"requests\";q={allowance.Limit};w={RequestLimits.WindowSeconds}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"requests\";r={allowance.Left};t={allowance.ResetSeconds}");
        if (!allowance.IsAllowed)
        {
            headers.RetryAfter = allowance.ResetSeconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
