namespace Microsoft.DurableTask.Client;

/// <param name="Recursive">Whether finished sub-orchestrations are deleted too.</param>
public record PurgeInstanceOptions(bool Recursive = false);
