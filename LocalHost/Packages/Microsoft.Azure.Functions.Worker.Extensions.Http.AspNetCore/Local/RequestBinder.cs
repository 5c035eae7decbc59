using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Http;

internal sealed class RequestBinder : IParameterBinder
{
    public static readonly RequestBinder Instance = new();

    public ValueTask<object?> BindAsync(LocalFunctionContext context) => new(context.GetHttpContext()!.Request);
}
