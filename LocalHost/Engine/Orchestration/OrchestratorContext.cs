using System.Collections.Immutable;
using Marketline.LocalHost.Engine.History;
using Marketline.LocalHost.Engine.Scheduling;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>What an orchestrator's code sees of the engine. It belongs to one execution of one instance.</summary>
internal sealed class OrchestratorContext(
    ExecutionStarted start, OrchestratorServices services, OrchestratorPump pump) : TaskOrchestrationContext
{
    private const string FireAndForgetTag = "FireAndForget";

    private readonly CallLedger _calls = new(start.Name, start.InstanceId);
    private readonly ExternalEvents _events = new(services.Converter);
    private ILogger? _logger;
    private DateTime _now;
    private bool _isReplaying = true;
    private int _guidCounter;

    public override TaskName Name => start.Name;

    public override string InstanceId => start.InstanceId;

    public override ParentOrchestrationInstance? Parent { get; } =
        start.ParentInstanceId is { } parent ? new(start.ParentName ?? string.Empty, parent) : null;

    public override DateTime CurrentUtcDateTime => _now;

    public override bool IsReplaying => _isReplaying;

    public override string Version => start.Version;

    public override IReadOnlyDictionary<string, object?> Properties => ImmutableDictionary<string, object?>.Empty;

    public CallLedger Calls => _calls;

    public ExternalEvents Events => _events;

    /// <summary>Null until the code sets one; the inner null is a status that was cleared.</summary>
    public StatusChange? CustomStatus { get; private set; }

    /// <summary>Set once the code asked for it: how the next execution starts.</summary>
    public (string? Input, string? Version, bool KeepEvents)? Next { get; private set; }

    protected override ILoggerFactory LoggerFactory => services.Loggers;

    private ILogger Logger => _logger ??= CreateReplaySafeLogger("Microsoft.DurableTask");

    public void SetTime(DateTime now, bool isReplaying) => (_now, _isReplaying) = (now, isReplaying);

    public override T? GetInput<T>()
        where T : default => services.Converter.Deserialize<T>(start.Input);

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        EnsureOrchestratorThread(nameof(CallActivityAsync));
        RefuseOptionsAsInput(input, options);
        var version = options?.Version?.Version ?? start.Version;
        var answer = options?.Retry is { } retry
            ? await RetryActivityAsync(name.Name, input, version, retry)
            : await AskActivityAsync(name.Name, input, version);
        return Result<TResult>(name.Name, answer);
    }

    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        EnsureOrchestratorThread(nameof(CallSubOrchestratorAsync));
        RefuseOptionsAsInput(input, options);
        var name = orchestratorName.Name;
        var childId = Client.InstanceId.Validate((options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N"));
        var version = options?.Version?.Version ?? services.DefaultVersion;
        var forget = options?.Tags?.ContainsKey(FireAndForgetTag) == true;
        SubOrchestrationInstanceCreated Create() => new(
            _calls.NextTaskId(),
            name,
            version,
            childId,
            services.Converter.Serialize(input, "The input of sub-orchestration", name),
            forget,
            TraceParent());
        if (forget)
        {
            _calls.Send(Create());
            return default!;
        }

        var answer = options?.Retry is { } retry
            ? await CallRetry.CallAsync(this, Logger, name, retry, () => _calls.Ask(Create()))
            : await _calls.Ask(Create());
        return Result<TResult>(name, answer);
    }

    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        EnsureOrchestratorThread(nameof(CreateTimer));
        var id = _calls.NextTaskId();
        var fired = _calls.Ask(new TimerCreated(id, fireAt.ToUniversalTime()));
        using var cancellation = cancellationToken.Register(() => _calls.CancelTimer(id));
        await fired;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureOrchestratorThread(nameof(WaitForExternalEvent));
        return _events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureOrchestratorThread(nameof(SendEvent));
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        var input = services.Converter.Serialize(payload, "The payload of event", eventName);
        _calls.Send(new EventSent(_calls.NextTaskId(), instanceId, eventName, input));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureOrchestratorThread(nameof(SetCustomStatus));
        CustomStatus = new StatusChange(services.Converter.SerializeCustomStatus(customStatus));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        EnsureOrchestratorThread(nameof(ContinueAsNew));
        var input = services.Converter.Serialize(options.NewInput, "The next input of orchestrator", start.Name);
        var version = string.IsNullOrWhiteSpace(options.NewVersion) ? null : options.NewVersion;
        Next = (input, version, options.PreserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        EnsureOrchestratorThread(nameof(NewGuid));
        return DeterministicGuid.Create(start.InstanceId, _now, _guidCounter++);
    }

    private Task<AnswerEvent> AskActivityAsync(string name, object? input, string version) => _calls.Ask(new TaskScheduled(
        _calls.NextTaskId(),
        name,
        version,
        services.Converter.Serialize(input, "The input of activity", name),
        TraceParent()));

    private Task<AnswerEvent> RetryActivityAsync(string name, object? input, string version, TaskRetryOptions retry) =>
        CallRetry.CallAsync(this, Logger, name, retry, () => AskActivityAsync(name, input, version));

    private string? TraceParent() => EngineTrace.CurrentTraceParent ?? start.TraceParent;

    private static void RefuseOptionsAsInput(object? input, TaskOptions? options)
    {
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException("TaskOptions were given as the input. Name the parameter: 'options: …'.", nameof(input));
        }
    }

    private TResult Result<TResult>(string name, AnswerEvent answer) => answer switch
    {
        CompletedAnswer completed => services.Converter.Deserialize<TResult>(completed.Result)!,
        FailedAnswer failed => throw new TaskFailedException(name, failed.TaskId, failed.Failure),
        _ => throw new InvalidOperationException($"'{name}' was answered by {answer.GetType().Name}."),
    };

    private void EnsureOrchestratorThread(string member)
    {
        if (!pump.IsCurrent)
        {
            services.ReportStray();
            throw new InvalidOperationException(
                $"{member} was called from outside the orchestrator's thread. An orchestrator may await durable tasks only: "
                + "no Task.Run, Task.Delay, I/O or ConfigureAwait(false).");
        }
    }
}
