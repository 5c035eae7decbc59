using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Idempotency;

/// <summary>Gives an answer again, marked as such.</summary>
internal sealed class RepeatedResult(KeptAnswer answer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers.Location = answer.Location;
        response.Headers["Idempotent-Replayed"] = "true";
        if (answer.Body is { Length: > 0 } body)
        {
            // Where there is none, such as in a 204, not even nothing may be written.
            await response.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
