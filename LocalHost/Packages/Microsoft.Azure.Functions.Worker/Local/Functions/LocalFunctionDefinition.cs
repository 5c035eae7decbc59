using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Local.Functions;

internal sealed class LocalFunctionDefinition(MethodInfo method, string name) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters { get; } =
        [.. method.GetParameters().Select(p => new FunctionParameter(p.Name!, p.ParameterType))];

    public override string PathToAssembly { get; } = method.DeclaringType!.Assembly.Location;

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string Id { get; } = name;

    public override string Name { get; } = name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } = Inputs(method);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty;

    private static ImmutableDictionary<string, BindingMetadata> Inputs(MethodInfo method) =>
        (from parameter in method.GetParameters()
         let binding = parameter.GetCustomAttribute<BindingAttribute>()
         where binding is not null
         select (BindingMetadata)new InputMetadata(parameter.Name!, BindingName.Of(binding))).ToImmutableDictionary(b => b.Name);

    private sealed class InputMetadata(string name, string type) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => type;

        public override BindingDirection Direction => BindingDirection.In;
    }
}
