using System.Text;
using Marketline.Storage.Tables;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Idempotency;

/// <summary>Writes an answer and keeps it for the next time. One that says that we have failed is not kept.</summary>
/// <param name="keep">Gets null for an answer that is not to be given again.</param>
internal sealed class KeptResult(IResult answer, Func<KeptAnswer?, Task> keep) : IResult, IStatusCodeHttpResult
{
    private const int MaxBodyLength = 30_000;

    public int? StatusCode => (answer as IStatusCodeHttpResult)?.StatusCode;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var body = response.Body;
        using var copy = new MemoryStream();
        response.Body = copy;
        try
        {
            await answer.ExecuteAsync(httpContext);
        }
        finally
        {
            response.Body = body;
        }

        await keep(response.StatusCode < 500 ? Kept(response, copy) : null);
        copy.Position = 0;
        await copy.CopyToAsync(body, httpContext.RequestAborted);
    }

    private static KeptAnswer Kept(HttpResponse response, MemoryStream body)
    {
        var isSecret = response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal);
        var text = isSecret || body.Length > MaxBodyLength ? null : Encoding.UTF8.GetString(body.ToArray());
        return new KeptAnswer(response.StatusCode, response.Headers.Location, response.ContentType, text);
    }
}
