namespace Marketline.LocalHost.Engine.History;

/// <summary>
/// A call that the orchestrator's code made, numbered from 0 in the order of the calls. A replay has to make the same call
/// under the same number.
/// </summary>
internal abstract record CallEvent(int TaskId) : HistoryEvent
{
    /// <summary>What was called, in words that an error message can show. Equal for calls that are the same.</summary>
    public abstract string Describe();
}

internal sealed record TaskScheduled(int TaskId, string Name, string Version, string? Input, string? TraceParent)
    : CallEvent(TaskId)
{
    public override string Describe() => $"activity '{Name}'";
}

internal sealed record TimerCreated(int TaskId, DateTime FireAt) : CallEvent(TaskId)
{
    public override string Describe() => "a durable timer";
}

internal sealed record SubOrchestrationInstanceCreated(
    int TaskId, string Name, string Version, string InstanceId, string? Input, bool FireAndForget, string? TraceParent)
    : CallEvent(TaskId)
{
    public override string Describe() => $"sub-orchestration '{Name}'";
}

internal sealed record EventSent(int TaskId, string InstanceId, string Name, string? Input) : CallEvent(TaskId)
{
    public override string Describe() => $"event '{Name}' sent to instance '{InstanceId}'";
}
