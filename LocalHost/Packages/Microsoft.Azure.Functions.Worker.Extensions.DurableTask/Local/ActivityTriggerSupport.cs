using System.Reflection;
using Marketline.LocalHost.Engine;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

internal sealed class ActivityTriggerSupport(DurableEngineOptions options) : ITriggerSupport
{
    public Type AttributeType => typeof(ActivityTriggerAttribute);

    public void Check(FunctionDescriptor function, IReadOnlyList<FunctionDescriptor> all) => DurableNames.CheckUnique(function, all);

    public IParameterBinder? Bind(FunctionDescriptor function, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter == function.TriggerParameter && type != typeof(FunctionContext))
        {
            return new DurableBinder<DurableActivityCall>(call => options.DataConverter.Deserialize(call.Input, type));
        }

        return type == typeof(string) && string.Equals(parameter.Name, "instanceId", StringComparison.OrdinalIgnoreCase)
            ? new NamedValueBinder(parameter)
            : null;
    }

    public (string Kind, string Detail) Describe(FunctionDescriptor function) => ("activity", "");
}
