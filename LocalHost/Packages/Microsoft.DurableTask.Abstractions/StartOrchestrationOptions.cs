using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>How a client wants a new orchestration instance to be started.</summary>
public record StartOrchestrationOptions
{
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>Null: a new GUID.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Null or in the past: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary<string, string>.Empty;

    public TaskVersion? Version { get; init; }

    /// <summary>
    /// The statuses in which an instance of the same id is kept and the start refused. Null leaves it to the backend;
    /// the client package's <c>WithDedupeStatuses</c> sets it type-safely.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
