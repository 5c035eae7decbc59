namespace Microsoft.Azure.Functions.Worker;

public abstract class BindingContext
{
    /// <summary>What the trigger tells besides its value: route and query values, an instance id.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
