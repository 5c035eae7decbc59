using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Azure.Functions.Worker.Local.Settings;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>One endpoint for each HTTP function. What fails inside is told to the log, not to the caller.</summary>
internal sealed partial class FunctionEndpoints(
    FunctionCatalog catalog, FunctionInvoker invoker, HostJson hostJson, HostStopping stopping, IServiceProvider services,
    ILogger<FunctionEndpoints> logger) : IEndpointContributor
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var function in catalog.Of<HttpTriggerAttribute>())
        {
            var route = HttpRoute.Of(function, hostJson.RoutePrefix);
            var endpoint = route.Methods.Count == 0
                ? endpoints.Map(route.Full, http => AnswerAsync(http, function))
                : endpoints.MapMethods(route.Full, route.Methods, http => AnswerAsync(http, function));
            endpoint.WithDisplayName(function.Name);
            if (!IsWritten(function.Method.ReturnType))
            {
                LogNotWritten(function.Name, function.Method.ReturnType.Name);
            }
        }
    }

    private async Task AnswerAsync(HttpContext http, FunctionDescriptor function)
    {
        try
        {
            await invoker.InvokeAsync(function, new HttpCall(http) { CancellationToken = http.RequestAborted });
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
        }
        catch (Exception) when (http.Response.HasStarted)
        {
            // The caller must not take half an answer for a whole one; the invoker has logged why.
            http.Abort();
        }
        catch (Exception e)
        {
            http.RequestServices = services;
            http.Response.Clear();
            await Results.Problem(statusCode: StatusOf(e)).ExecuteAsync(http);
        }
    }

    private int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        OperationCanceledException when stopping.Token.IsCancellationRequested => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static bool IsWritten(Type returned)
    {
        var value = returned.IsGenericType && (returned.GetGenericTypeDefinition() == typeof(Task<>)
            || returned.GetGenericTypeDefinition() == typeof(ValueTask<>)) ? returned.GetGenericArguments()[0] : returned;
        return value == typeof(void) || value == typeof(Task) || value == typeof(ValueTask) || value == typeof(object)
            || typeof(IActionResult).IsAssignableFrom(value) || typeof(IResult).IsAssignableFrom(value);
    }

    [LoggerMessage(LogLevel.Warning,
        "Function {Function} returns {Type}, which is not written to the response, here or in Azure: return an IActionResult or IResult.")]
    private partial void LogNotWritten(string function, string type);
}
