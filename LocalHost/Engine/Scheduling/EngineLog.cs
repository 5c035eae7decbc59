using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.LocalHost.Engine.Scheduling;

internal static partial class EngineLog
{
    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The durable engine takes up its work: {MessageCount} messages, {TaskCount} activities.")]
    public static partial void Recovered(ILogger logger, int messageCount, int taskCount);

    [LoggerMessage(Level = LogLevel.Information, Message = "Orchestration '{Name}' {InstanceId} ended: {Status}.")]
    public static partial void Ended(ILogger logger, string name, string instanceId, OrchestrationRuntimeStatus status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Orchestration '{Name}' {InstanceId} failed: {Error}")]
    public static partial void Failed(ILogger logger, string name, string instanceId, string? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Activity '{Name}' (#{TaskId}) of {InstanceId} failed.")]
    public static partial void ActivityFailed(ILogger logger, Exception error, string name, int taskId, string instanceId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Activity '{Name}' (#{TaskId}) of {InstanceId} was stopped with the host; it runs again after the next start.")]
    public static partial void ActivityStopped(ILogger logger, string name, int taskId, string instanceId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store failed; what it refused is tried again.")]
    public static partial void StoreFailed(ILogger logger, Exception error);
}
