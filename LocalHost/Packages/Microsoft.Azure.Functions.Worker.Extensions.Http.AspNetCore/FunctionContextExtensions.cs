using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker.Local.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    /// <summary>The request's context, or null where the trigger is not HTTP.</summary>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue(HttpCall.ContextKey, out var http) ? http as HttpContext : null;
}
