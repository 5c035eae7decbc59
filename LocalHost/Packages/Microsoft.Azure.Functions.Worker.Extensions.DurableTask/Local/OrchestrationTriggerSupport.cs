using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.DurableTask;

namespace Microsoft.Azure.Functions.Worker.Local.Durable;

internal sealed class OrchestrationTriggerSupport : ITriggerSupport
{
    public Type AttributeType => typeof(OrchestrationTriggerAttribute);

    public void Check(FunctionDescriptor function, IReadOnlyList<FunctionDescriptor> all)
    {
        if (function.TriggerParameter.ParameterType != typeof(TaskOrchestrationContext))
        {
            throw function.Complain("the [OrchestrationTrigger] parameter has to be a TaskOrchestrationContext.");
        }

        if (function.Method.GetParameters().Any(p => p.IsDefined(typeof(InputBindingAttribute), inherit: true)))
        {
            throw function.Complain(
                "an orchestrator can have no other binding than its trigger: what it reads from outside is not replayed.");
        }

        DurableNames.CheckUnique(function, all);
    }

    public IParameterBinder? Bind(FunctionDescriptor function, ParameterInfo parameter)
    {
        if (parameter == function.TriggerParameter)
        {
            return new DurableBinder<OrchestrationCall>(call => call.Context);
        }

        if (parameter != InputParameter(function))
        {
            return null;
        }

        var type = parameter.ParameterType;
        return type.IsInterface || type.IsAbstract || Nullable.GetUnderlyingType(type) is not null
            ? throw function.Complain(
                $"the input '{parameter.Name}' of type {type.Name} would always be null in Azure: " +
                "use a concrete type or context.GetInput<T>().")
            : new DurableBinder<OrchestrationCall>(InputReader(type));
    }

    public (string Kind, string Detail) Describe(FunctionDescriptor function) => ("orchestrator", "");

    /// <summary>The first parameter that nothing else fills takes the orchestration's input.</summary>
    private static ParameterInfo? InputParameter(FunctionDescriptor function) =>
        function.Method.GetParameters().FirstOrDefault(p => p != function.TriggerParameter
            && p.ParameterType != typeof(FunctionContext) && p.ParameterType != typeof(CancellationToken));

    private static Func<OrchestrationCall, object?> InputReader(Type type)
    {
        var call = Expression.Parameter(typeof(OrchestrationCall), "call");
        var read = Expression.Call(
            Expression.Property(call, nameof(OrchestrationCall.Context)), nameof(TaskOrchestrationContext.GetInput), [type]);
        return Expression.Lambda<Func<OrchestrationCall, object?>>(Expression.Convert(read, typeof(object)), call).Compile();
    }
}
