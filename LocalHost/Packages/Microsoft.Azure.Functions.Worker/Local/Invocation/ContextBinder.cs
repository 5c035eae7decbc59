using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Local.Invocation;

/// <summary>Parameters that come from the invocation itself.</summary>
internal sealed class ContextBinder(Func<LocalFunctionContext, object?> value) : IParameterBinder
{
    public static IParameterBinder? For(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return new ContextBinder(context => context);
        }

        return parameter.ParameterType == typeof(CancellationToken)
            ? new ContextBinder(context => context.CancellationToken)
            : null;
    }

    public ValueTask<object?> BindAsync(LocalFunctionContext context) => new(value(context));
}
