using Marketline.Core.Faults;
using Microsoft.DurableTask;

namespace Marketline.Orchestrators;

/// <summary>The retry policies of all orchestrators.</summary>
internal static class Retries
{
    /// <summary>
    /// Storage throttling passes within seconds, an outage within minutes: eight attempts over about four minutes. Only
    /// transient failures: a bug does not get better by repeating.
    /// </summary>
    public static readonly TaskOptions Transient = TaskOptions.FromRetryPolicy(
        new RetryPolicy(
            maxNumberOfAttempts: 8,
            firstRetryInterval: TimeSpan.FromSeconds(2),
            backoffCoefficient: 2,
            maxRetryInterval: TimeSpan.FromMinutes(2)
        )
        {
            HandleFailure = static failure => failure.IsCausedBy<TransientStepException>(),
        }
    );
}
