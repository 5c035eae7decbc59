using Marketline.LocalHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>Repeats a failed call as its options say. All waiting is done by durable timers.</summary>
internal static partial class CallRetry
{
    public static Task<AnswerEvent> CallAsync(
        TaskOrchestrationContext context, ILogger logger, string name, TaskRetryOptions retry, Func<Task<AnswerEvent>> call) =>
        retry.Policy is { } policy
            ? CallByPolicyAsync(context, logger, name, policy, call)
            : CallByHandlerAsync(context, logger, name, retry.Handler!, call);

    private static async Task<AnswerEvent> CallByPolicyAsync(
        TaskOrchestrationContext context, ILogger logger, string name, RetryPolicy policy, Func<Task<AnswerEvent>> call)
    {
        var start = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            var answer = await call();
            if (answer is not FailedAnswer failed || !MayRetry(context, policy, start, attempt, failed))
            {
                return answer;
            }

            LogRetry(logger, context.InstanceId, name, attempt, failed.Failure.ErrorMessage);
            await context.CreateTimer(Delay(policy, attempt), CancellationToken.None);
        }
    }

    private static bool MayRetry(
        TaskOrchestrationContext context, RetryPolicy policy, DateTime start, int attempt, FailedAnswer failed) =>
        attempt < policy.MaxNumberOfAttempts
        && !failed.NonRetriable
        && (policy.RetryTimeout == Timeout.InfiniteTimeSpan || context.CurrentUtcDateTime - start < policy.RetryTimeout)
        && (policy.FailureHandler is not { } handle || handle(failed.Failure));

    private static TimeSpan Delay(RetryPolicy policy, int attempt)
    {
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest;
    }

    private static async Task<AnswerEvent> CallByHandlerAsync(
        TaskOrchestrationContext context, ILogger logger, string name, AsyncRetryHandler handler, Func<Task<AnswerEvent>> call)
    {
        var start = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            var answer = await call();
            if (answer is not FailedAnswer { NonRetriable: false } failed)
            {
                return answer;
            }

            LogRetry(logger, context.InstanceId, name, attempt, failed.Failure.ErrorMessage);
            var retry = new RetryContext(
                context, attempt, failed.Failure, context.CurrentUtcDateTime - start, CancellationToken.None);
            if (!await handler(retry))
            {
                return answer;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Instance {InstanceId}: '{TaskName}' failed at attempt {Attempt} and may be tried again: {Error}")]
    private static partial void LogRetry(ILogger logger, string instanceId, string taskName, int attempt, string error);
}
