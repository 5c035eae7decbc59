namespace Marketline.Functions.Http.Operations;

/// <summary>A query parameter of an HTTP function.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class ApiQueryAttribute(string name, string description) : Attribute
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    /// <summary>What a value is read as, such as an enum or an int.</summary>
    public Type Type { get; init; } = typeof(string);

    /// <summary>Of a text: a regular expression.</summary>
    public string? Pattern { get; init; }

    /// <summary>The same parameter may come several times.</summary>
    public bool IsRepeated { get; init; }

    public bool IsRequired { get; init; }
}
