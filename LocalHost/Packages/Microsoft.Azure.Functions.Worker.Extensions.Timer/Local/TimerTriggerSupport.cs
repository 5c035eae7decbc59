using System.Reflection;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

internal sealed class TimerTriggerSupport(TimerSchedules schedules) : ITriggerSupport
{
    public Type AttributeType => typeof(TimerTriggerAttribute);

    public void Check(FunctionDescriptor function, IReadOnlyList<FunctionDescriptor> all)
    {
        if (function.TriggerParameter.ParameterType != typeof(TimerInfo))
        {
            throw function.Complain("the [TimerTrigger] parameter has to be a TimerInfo.");
        }

        schedules.Of(function);
    }

    public IParameterBinder? Bind(FunctionDescriptor function, ParameterInfo parameter) =>
        parameter == function.TriggerParameter ? new InfoBinder() : null;

    public (string Kind, string Detail) Describe(FunctionDescriptor function) => ("timer", schedules.Of(function).ToString()!);

    private sealed class InfoBinder : IParameterBinder
    {
        public ValueTask<object?> BindAsync(LocalFunctionContext context) => new(((TimerCall)context.Call).Info);
    }
}
