using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>Every function of the app, checked and ready to be called.</summary>
internal sealed class FunctionCatalog
{
    private readonly IReadOnlyList<ITriggerSupport> _triggers;
    private readonly IReadOnlyList<IInputSupport> _inputs;

    public FunctionCatalog(
        HostLaunch launch, IEnumerable<ITriggerSupport> triggers, IEnumerable<IInputSupport> inputs, IServiceProviderIsService services)
    {
        _triggers = [.. triggers];
        _inputs = [.. inputs];
        Functions = [.. FunctionScanner.FindFunctions(launch)
            .Select(f => Describe(f.Method, f.Name))
            .OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase)];
        FunctionRules.CheckUnique(Functions);
        foreach (var function in Functions)
        {
            function.Support.Check(function, Functions);
            function.Binders = [.. function.Method.GetParameters().Select(p => Bind(function, p))];
            FunctionClass.CheckServices(function, services);
        }
    }

    public IReadOnlyList<FunctionDescriptor> Functions { get; }

    public IEnumerable<FunctionDescriptor> Of<TAttribute>() where TAttribute : TriggerBindingAttribute =>
        Functions.Where(f => f.Trigger is TAttribute);

    private FunctionDescriptor Describe(MethodInfo method, string name)
    {
        FunctionRules.CheckMethod(method, name);
        var parameter = FunctionRules.Triggers(method)[0];
        var trigger = parameter.GetCustomAttribute<TriggerBindingAttribute>()!;
        return new FunctionDescriptor
        {
            Name = name,
            Method = method,
            Trigger = trigger,
            TriggerParameter = parameter,
            Support = _triggers.FirstOrDefault(t => t.AttributeType == trigger.GetType())
                ?? throw new HostStartException($"Function '{name}': {Missing(trigger)}"),
            Definition = new LocalFunctionDefinition(method, name),
            CreateInstance = method.IsStatic ? null : FunctionClass.Compile(method.DeclaringType!, name),
            Run = CompiledMethod.Of(method),
        };
    }

    private IParameterBinder Bind(FunctionDescriptor function, ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<InputBindingAttribute>() is { } input)
        {
            return _inputs.FirstOrDefault(i => i.AttributeType == input.GetType())?.Bind(function, parameter)
                ?? throw function.Complain($"the local host has no input binding for [{BindingName.Short(input)}].");
        }

        return function.Support.Bind(function, parameter)
            ?? ContextBinder.For(parameter)
            ?? throw function.Complain(
                $"nothing fills the parameter '{parameter.Name}' of type {parameter.ParameterType.Name}. " +
                "Services come through the constructor.");
    }

    private static string Missing(TriggerBindingAttribute trigger) =>
        trigger.GetType().Name == "HttpTriggerAttribute"
            ? "HTTP functions need builder.ConfigureFunctionsWebApplication() in Program.cs."
            : $"the local host has no trigger [{BindingName.Short(trigger)}].";
}
