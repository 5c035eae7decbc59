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
        await response.WriteAsync(answer.Body ?? "", httpContext.RequestAborted);
    }
}
