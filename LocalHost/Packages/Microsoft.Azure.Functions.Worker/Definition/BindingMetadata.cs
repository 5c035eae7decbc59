namespace Microsoft.Azure.Functions.Worker;

public abstract class BindingMetadata
{
    /// <summary>The parameter's name.</summary>
    public abstract string Name { get; }

    /// <summary>The kind of binding, as <c>httpTrigger</c>.</summary>
    public abstract string Type { get; }

    public abstract BindingDirection Direction { get; }
}
