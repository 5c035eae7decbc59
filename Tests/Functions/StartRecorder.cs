using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace Marketline.Tests.Functions;

/// <summary>
/// A durable client that remembers what it was told to start, with the backends' rule for ids that are taken: refused in a
/// dedupe status, replaced else. An instance is running until a test ends it.
/// </summary>
internal sealed class StartRecorder(string hub = "test") : DurableTaskClient(hub)
{
    private readonly ConcurrentDictionary<string, OrchestrationRuntimeStatus> _instances = new();
    private readonly ConcurrentDictionary<string, (DateTimeOffset At, object? CustomStatus)> _moves = new();

    /// <summary>What was started, in order: refused starts are not in it.</summary>
    public ConcurrentQueue<(string Orchestrator, string InstanceId, object? Input)> Starts { get; } = new();

    /// <summary>The events that were raised: instance, name and payload.</summary>
    public ConcurrentQueue<(string InstanceId, string Event, object? Payload)> Events { get; } = new();

    /// <summary>Makes a start fail before (true) or after (false) it is stored.</summary>
    public Func<string, (Exception Failure, bool IsBefore)?> Failing { get; set; } = _ => null;

    public void End(string instanceId, OrchestrationRuntimeStatus status) => _instances[instanceId] = status;

    /// <summary>Something in an instance moves, which it makes if there is none; it goes on.</summary>
    public void Move(string instanceId, DateTimeOffset at, object? customStatus = null)
    {
        _instances[instanceId] = OrchestrationRuntimeStatus.Running;
        _moves[instanceId] = (at, customStatus);
    }

    /// <summary>Nothing is known of an instance any more.</summary>
    public void Lose(string instanceId) => _instances.TryRemove(instanceId, out _);

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        var id = options!.InstanceId!;
        var fault = Failing(id);
        if (fault is { IsBefore: true })
        {
            throw fault.Value.Failure;
        }

        if (_instances.TryGetValue(id, out var status) && options.DedupeStatuses!.Contains(status.ToString()))
        {
            throw new OrchestrationAlreadyExistsException($"'{id}' is {status}.");
        }

        _instances[id] = OrchestrationRuntimeStatus.Running;
        Starts.Enqueue((orchestratorName.Name, id, input));
        return fault is null ? Task.FromResult(id) : throw fault.Value.Failure;
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default
    ) =>
        Task.FromResult(
            _instances.TryGetValue(instanceId, out var status) ? Describe(instanceId, status) : null
        );

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        Events.Enqueue((instanceId, eventName, eventPayload));
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private OrchestrationMetadata Describe(string instanceId, OrchestrationRuntimeStatus status)
    {
        var (at, customStatus) = _moves.GetValueOrDefault(instanceId);
        return new OrchestrationMetadata("", instanceId)
        {
            RuntimeStatus = status,
            LastUpdatedAt = at,
            DataConverter = JsonDataConverter.Default,
            SerializedCustomStatus = JsonDataConverter.Default.Serialize(customStatus),
        };
    }
}
