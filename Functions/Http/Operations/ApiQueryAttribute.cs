namespace Marketline.Functions.Http.Operations;

/// <summary>A query parameter of an HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ApiQueryAttribute(string name, string description) : Attribute
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>The same parameter may come several times.</summary>
    public bool IsRepeated { get; init; }
}
