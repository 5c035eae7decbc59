using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>An instance to be created.</summary>
/// <param name="Start">Id, name, version, input and parent.</param>
/// <param name="StartAt">Null: at once.</param>
/// <param name="TagsJson">The tags as a JSON object.</param>
/// <param name="Parent">The row of the orchestration that called it.</param>
/// <param name="ParentTask">The number of the call that waits for the end; null where nobody waits.</param>
internal sealed record NewInstance(
    ExecutionStarted Start, DateTime? StartAt, string? TagsJson, InstanceRow? Parent, int? ParentTask)
{
    public string Id => Start.InstanceId;
}
