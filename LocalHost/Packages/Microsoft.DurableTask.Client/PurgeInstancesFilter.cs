namespace Microsoft.DurableTask.Client;

/// <summary>Which finished instances to delete. Every given condition must hold.</summary>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>After this long the purge stops and says that it is not complete; null for no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}
