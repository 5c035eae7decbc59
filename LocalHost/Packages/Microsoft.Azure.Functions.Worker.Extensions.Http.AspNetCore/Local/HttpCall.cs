using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

/// <summary>One request to one function.</summary>
internal sealed class HttpCall(HttpContext http) : FunctionCall
{
    /// <summary>The real integration's key in <see cref="FunctionContext.Items"/>.</summary>
    public const string ContextKey = "HttpRequestContext";

    private static readonly ActionDescriptor NoAction = new();

    private Dictionary<string, object?>? _bindingData;

    /// <summary>Query values, and above them route values; the key for the host is nobody's business.</summary>
    public override IReadOnlyDictionary<string, object?> BindingData => _bindingData ??= ReadBindingData();

    /// <summary>ASP.NET Core starts one only while somebody logs or listens.</summary>
    public override Activity? StartActivity(string function) =>
        Activity.Current is null
            ? InvocationActivity.Start(function, First(http.Request.Headers.TraceParent), First(http.Request.Headers.TraceState))
            : null;

    public override void Prepare(LocalFunctionContext context)
    {
        http.RequestServices = context.InstanceServices;
        context.Items[ContextKey] = http;
    }

    /// <summary>Anything but these two is not written, as in Azure; the function may have written the response itself.</summary>
    public override Task CompleteAsync(LocalFunctionContext context) => context.Result.Value switch
    {
        IActionResult result => result.ExecuteResultAsync(new ActionContext(http, http.GetRouteData(), NoAction)),
        IResult result => result.ExecuteAsync(http),
        _ => Task.CompletedTask,
    };

    private static string? First(StringValues values) => values.Count == 0 ? null : values[0];

    private Dictionary<string, object?> ReadBindingData()
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in http.Request.Query)
        {
            if (!name.Equals("code", StringComparison.OrdinalIgnoreCase))
            {
                data[name] = value.ToString();
            }
        }

        foreach (var (name, value) in http.Request.RouteValues)
        {
            data[name] = value;
        }

        return data;
    }
}
