namespace Microsoft.DurableTask.Client;

/// <summary>What a purge deleted.</summary>
public class PurgeResult
{
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    public int PurgedInstanceCount { get; }

    /// <summary>False when a time limit left matching instances in place; null where the backend does not say.</summary>
    public bool? IsComplete { get; }
}
