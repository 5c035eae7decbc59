using Marketline.LocalHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>What one turn of an orchestrator did. It is stored as a whole or not at all.</summary>
internal sealed record TurnResult
{
    /// <summary>What the history gains.</summary>
    public required IReadOnlyList<HistoryEvent> Events { get; init; }

    public required IReadOnlyList<CallEvent> Calls { get; init; }

    public required IReadOnlySet<int> CancelledTimers { get; init; }

    public required OrchestrationRuntimeStatus Status { get; init; }

    /// <summary>Null where the code never set one.</summary>
    public StatusChange? CustomStatus { get; init; }

    /// <summary>Set when the instance ended in this turn.</summary>
    public ExecutionCompleted? Completed { get; init; }

    /// <summary>Set when the orchestration starts over.</summary>
    public ExecutionStarted? Next { get; init; }

    /// <summary>The events that the next execution gets first.</summary>
    public IReadOnlyList<EventRaised> CarriedEvents { get; init; } = [];

    /// <summary>Set when the instance was terminated along with its children.</summary>
    public bool TerminateChildren { get; init; }
}
