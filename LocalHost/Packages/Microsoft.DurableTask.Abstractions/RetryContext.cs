namespace Microsoft.DurableTask;

/// <summary>What a retry handler knows about the failures so far.</summary>
/// <param name="OrchestrationContext">The calling orchestrator's context; a handler may await durable timers on it.</param>
/// <param name="LastAttemptNumber">1 after the first failure.</param>
/// <param name="LastFailure">How the last attempt failed.</param>
/// <param name="TotalRetryTime">Since the first attempt was scheduled, in the orchestrator's time.</param>
/// <param name="CancellationToken">Never cancelled today.</param>
public record RetryContext(
    TaskOrchestrationContext OrchestrationContext,
    int LastAttemptNumber,
    TaskFailureDetails LastFailure,
    TimeSpan TotalRetryTime,
    CancellationToken CancellationToken);
