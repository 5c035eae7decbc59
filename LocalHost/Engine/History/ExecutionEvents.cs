using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.History;

/// <summary>A turn of the orchestrator begins; its clock stands at <paramref name="At"/> until the next.</summary>
internal sealed record OrchestratorStarted(DateTime At) : HistoryEvent;

/// <summary>The code begins. <c>Execution</c> is 0 and one more after each continue-as-new.</summary>
internal sealed record ExecutionStarted(
    string InstanceId,
    string Name,
    string Version,
    string? Input,
    int Execution,
    string? ParentName,
    string? ParentInstanceId,
    string? TraceParent) : HistoryEvent;

internal sealed record ExecutionSuspended(string? Reason) : HistoryEvent;

internal sealed record ExecutionResumed(string? Reason) : HistoryEvent;

internal sealed record ExecutionTerminated(string? Output, bool Recursive) : HistoryEvent;

internal sealed record ExecutionCompleted(
    OrchestrationRuntimeStatus Status, string? Output, TaskFailureDetails? Failure) : HistoryEvent;

/// <summary>An event that reached the orchestration.</summary>
internal sealed record EventRaised(string Name, string? Input) : HistoryEvent;
