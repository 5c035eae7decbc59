namespace Microsoft.Azure.Functions.Worker;

/// <summary>Makes a public method a function under a constant name, unique in the app without regard to case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
