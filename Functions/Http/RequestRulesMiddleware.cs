using System.Diagnostics;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Net.Http.Headers;

namespace Marketline.Functions.Http;

/// <summary>
/// What holds for every request: the size of its body is bounded, what is read as JSON is sent as JSON in UTF-8 (RFC 8259), and it
/// has a correlation id. A caller may send one (<c>X-Correlation-Id</c>); it belongs to the caller's tenant, stands in what the
/// request starts, and comes back.
/// </summary>
internal sealed class RequestRulesMiddleware(ApiCatalog catalog) : IFunctionsWorkerMiddleware
{
    public const string CorrelationHeader = "X-Correlation-Id";

    private const int MaxBodyBytes = 1024 * 1024;
    private const int MaxCorrelationLength = 64;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && Refusal(http, catalog.Get(context.FunctionDefinition.Name)) is { } refusal)
        {
            await refusal.ExecuteAsync(http);
            return;
        }

        await next(context);
    }

    private static IResult? Refusal(HttpContext http, ApiOperation operation)
    {
        if (http.Request.ContentLength > MaxBodyBytes)
        {
            return Problems.Of(413, "The body is too large.", $"At most {MaxBodyBytes} bytes are taken; split the request.");
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBodyBytes;
        }

        if (operation.About.Body is not null && string.IsNullOrEmpty(http.Request.ContentType))
        {
            // There is but one thing that it can be.
            http.Request.ContentType = "application/json";
        }

        if (operation.About.Body is not null && !http.Request.HasJsonContentType())
        {
            return Problems.Of(415, "The body is no JSON.", "Send a JSON body with 'Content-Type: application/json'.");
        }

        var sent = http.Request.Headers[CorrelationHeader].ToString();
        if (sent.Length > MaxCorrelationLength || !sent.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'))
        {
            return Problems.Of(400, $"{CorrelationHeader} can not be used.", "Send 1 to 64 of A-Z, a-z, 0-9, '.', '_' and '-', or leave it out.");
        }

        http.SetCorrelationId(sent.Length > 0 ? sent : Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
        http.Response.Headers[CorrelationHeader] = http.CorrelationId();
        return operation.About.Body is null || IsTakenAsJson(http.Request)
            ? null
            : Problems.Of(415, "The body is not sent as JSON.", "Send it as 'Content-Type: application/json', in UTF-8.");
    }

    /// <summary>Whoever names no type is taken to send what is expected.</summary>
    private static bool IsTakenAsJson(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType))
        {
            request.ContentType = "application/json";
            return true;
        }

        return request.HasJsonContentType()
            && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
