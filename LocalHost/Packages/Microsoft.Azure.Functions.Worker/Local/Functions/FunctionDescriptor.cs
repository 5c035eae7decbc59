using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

/// <summary>One function of the app, found and checked at start, with everything compiled that a call needs.</summary>
internal sealed class FunctionDescriptor
{
    public required string Name { get; init; }

    public required MethodInfo Method { get; init; }

    public required TriggerBindingAttribute Trigger { get; init; }

    public required ParameterInfo TriggerParameter { get; init; }

    public required ITriggerSupport Support { get; init; }

    public required FunctionDefinition Definition { get; init; }

    /// <summary>Creates the function's class from a scope's services; null for a static method.</summary>
    public required Func<IServiceProvider, object>? CreateInstance { get; init; }

    public required CompiledMethod Run { get; init; }

    /// <summary>One for each parameter, in order.</summary>
    public IReadOnlyList<IParameterBinder> Binders { get; set; } = [];

    public Type Class => Method.DeclaringType!;

    public HostStartException Complain(string problem) => new($"Function '{Name}' ({Class.Name}.{Method.Name}): {problem}");
}
