using Microsoft.DurableTask;

namespace Marketline.LocalHost.Engine.History;

/// <summary>What came of the call with that number.</summary>
internal abstract record AnswerEvent(int TaskId) : HistoryEvent;

internal sealed record TimerFired(int TaskId) : AnswerEvent(TaskId);

internal abstract record CompletedAnswer(int TaskId, string? Result) : AnswerEvent(TaskId);

internal sealed record TaskCompleted(int TaskId, string? Result) : CompletedAnswer(TaskId, Result);

internal sealed record SubOrchestrationInstanceCompleted(int TaskId, string? Result) : CompletedAnswer(TaskId, Result);

/// <summary>A failed call. Where it is not retriable (such as an activity that nobody registered) no policy tries again.</summary>
internal abstract record FailedAnswer(int TaskId, TaskFailureDetails Failure, bool NonRetriable) : AnswerEvent(TaskId);

internal sealed record TaskFailed(int TaskId, TaskFailureDetails Failure, bool NonRetriable)
    : FailedAnswer(TaskId, Failure, NonRetriable);

internal sealed record SubOrchestrationInstanceFailed(int TaskId, TaskFailureDetails Failure, bool NonRetriable)
    : FailedAnswer(TaskId, Failure, NonRetriable);
