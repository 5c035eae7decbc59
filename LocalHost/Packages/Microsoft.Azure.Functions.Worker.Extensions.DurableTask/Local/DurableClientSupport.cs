using System.Reflection;
using Marketline.LocalHost.Engine;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

internal sealed class DurableClientSupport(DurableEngine engine) : IInputSupport
{
    public Type AttributeType => typeof(DurableClientAttribute);

    public IParameterBinder Bind(FunctionDescriptor function, ParameterInfo parameter) =>
        parameter.ParameterType == typeof(DurableTaskClient)
            ? new ClientBinder(engine)
            : throw function.Complain("the [DurableClient] parameter has to be a DurableTaskClient.");

    private sealed class ClientBinder(DurableEngine engine) : IParameterBinder
    {
        public ValueTask<object?> BindAsync(LocalFunctionContext context) => new(engine.Client);
    }
}
