using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

/// <summary>A parameter that comes from the durable call itself.</summary>
internal sealed class DurableBinder<TCall>(Func<TCall, object?> value) : IParameterBinder
    where TCall : FunctionCall
{
    public ValueTask<object?> BindAsync(LocalFunctionContext context) => new(value((TCall)context.Call));
}
