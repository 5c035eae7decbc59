using System.Collections.Immutable;

namespace Microsoft.Azure.Functions.Worker;

public class FunctionParameter
{
    public FunctionParameter(string name, Type type)
        : this(name, type, ImmutableDictionary<string, object>.Empty)
    {
    }

    public FunctionParameter(string name, Type type, IReadOnlyDictionary<string, object> properties)
    {
        Name = name;
        Type = type;
        Properties = properties;
    }

    public string Name { get; }

    public Type Type { get; }

    public IReadOnlyDictionary<string, object> Properties { get; }
}
