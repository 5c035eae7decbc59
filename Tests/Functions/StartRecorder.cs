using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.Tests.Functions;

/// <summary>
/// A durable client that remembers what it was told to start, with the backends' rule for ids that are taken: refused in a
/// dedupe status, replaced else. An instance is running until a test ends it.
/// </summary>
internal sealed class StartRecorder() : DurableTaskClient("test")
{
    private readonly ConcurrentDictionary<string, OrchestrationRuntimeStatus> _instances = new();

    /// <summary>What was started, in order: refused starts are not in it.</summary>
    public ConcurrentQueue<(string Orchestrator, string InstanceId, object? Input)> Starts { get; } = new();

    /// <summary>Makes a start fail before (true) or after (false) it is stored.</summary>
    public Func<string, (Exception Failure, bool IsBefore)?> Failing { get; set; } = _ => null;

    public void End(string instanceId, OrchestrationRuntimeStatus status) => _instances[instanceId] = status;

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
            _instances.TryGetValue(instanceId, out var status)
                ? new OrchestrationMetadata("", instanceId) { RuntimeStatus = status }
                : null
        );

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException();

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
}
