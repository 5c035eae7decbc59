namespace Microsoft.DurableTask;

/// <summary>Decides after each failure whether to try again. It runs in the orchestrator and follows its rules.</summary>
public delegate bool RetryHandler(RetryContext retryContext);
