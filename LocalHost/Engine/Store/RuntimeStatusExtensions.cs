using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Store;

internal static class RuntimeStatusExtensions
{
    /// <summary>The SQL list of the statuses for which <see cref="HasEnded"/> holds.</summary>
    public const string EndedSql = "(1, 3, 5)";

    public static bool HasEnded(this OrchestrationRuntimeStatus status) => status
        is OrchestrationRuntimeStatus.Completed
        or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated;
}
