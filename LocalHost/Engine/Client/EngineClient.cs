using System.Text.Json;
using Marketline.LocalHost.Engine.History;
using Marketline.LocalHost.Engine.Orchestration;
using Marketline.LocalHost.Engine.Scheduling;
using Marketline.LocalHost.Engine.Store;
using Marketline.LocalHost.Engine.Store.Operations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Client;

/// <summary>The client of the engine in the same process. Its name is the task hub's, as with the real clients of Functions.</summary>
internal sealed partial class EngineClient(DurableEngineOptions options, TimeProvider time, StoreThread store, StatusWaits waits)
    : DurableTaskClient(options.TaskHubName)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var instance = NewInstance(orchestratorName, Serialize(input, "The input of orchestrator", orchestratorName.Name), options);
        var dedupe = DedupeStatuses(options);
        await store.WriteAsync((session, effects) => InstanceCreation.Create(session, effects, instance, dedupe, Now))
            .WaitAsync(cancellation);
        return instance.Id;
    }

    /// <summary>
    /// On Azure Storage the host looks at the instance first and refuses (Azure/azure-functions-durable-extension,
    /// src/WebJobs.Extensions.DurableTask/LocalGrpcListener.cs, ThrowStatusExceptionsOnRaiseEvent), so this client does too.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    /// <exception cref="InvalidOperationException">The instance has ended.</exception>
    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var raised = new EventRaised(eventName, Serialize(eventPayload, "The payload of event", eventName));
        var status = await SendAsync(instanceId, raised, cancellation);
        if (status is null)
        {
            throw new ArgumentException($"There is no orchestration instance '{instanceId}'.", nameof(instanceId));
        }

        if (status.Value.HasEnded())
        {
            throw new InvalidOperationException($"Orchestration instance '{instanceId}' takes no events: it is {status}.");
        }
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(
            instanceId,
            new ExecutionTerminated(Serialize(options?.Output, "The output of terminated instance", instanceId), options?.Recursive ?? false),
            cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionSuspended(reason), cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SendAsync(instanceId, new ExecutionResumed(reason), cancellation);

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var newId = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId;
        var traceParent = EngineTrace.CurrentTraceParent;
        await store.WriteAsync((session, effects) =>
        {
            var row = session.Instances.Find(instanceId)
                ?? throw new ArgumentException($"An orchestration with the instanceId {instanceId} was not found.", nameof(instanceId));
            if (!restartWithNewInstanceId && !row.HasEnded)
            {
                throw new InvalidOperationException(
                    $"An orchestration with the instanceId {instanceId} cannot be restarted: it is {row.Status}.");
            }

            var start = new ExecutionStarted(newId, row.Name, row.Version, session.Instances.Input(row.Key), 0, null, null, traceParent);
            var instance = new NewInstance(start, null, session.Instances.Tags(row.Key), null, null);
            return InstanceCreation.Create(session, effects, instance, [], Now);
        }).WaitAsync(cancellation);
        return newId;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<OrchestrationRuntimeStatus?> SendAsync(string instanceId, HistoryEvent historyEvent, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return await store.WriteAsync((session, effects) => Delivery.Send(session, effects, instanceId, historyEvent)).WaitAsync(cancellation);
    }

    private NewInstance NewInstance(TaskName name, string? input, StartOrchestrationOptions? start)
    {
        var version = start?.Version?.Version ?? options.DefaultVersion ?? string.Empty;
        var tags = start is { Tags.Count: > 0 }
            ? JsonSerializer.Serialize(new Dictionary<string, string>(start.Tags), HistoryJsonContext.Default.DictionaryStringString)
            : null;
        var id = InstanceId.Validate(start?.InstanceId ?? Guid.NewGuid().ToString("N"));
        var started = new ExecutionStarted(id, name.Name, version, input, 0, null, null, EngineTrace.CurrentTraceParent);
        return new NewInstance(started, start?.StartAt?.UtcDateTime, tags, null, null);
    }

    private static IReadOnlyCollection<OrchestrationRuntimeStatus> DedupeStatuses(StartOrchestrationOptions? start) =>
        start?.DedupeStatuses is not { } names
            ? InstanceCreation.DefaultDedupeStatuses
            : names.Select(name => Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
                ? status
                : throw new ArgumentException($"Invalid orchestration runtime status: '{name}' for deduplication.")).ToHashSet();

    private string? Serialize(object? value, string what, string name) => options.DataConverter.Serialize(value, what, name);
}
