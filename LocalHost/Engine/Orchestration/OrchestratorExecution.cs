using System.Runtime.ExceptionServices;
using Marketline.LocalHost.Engine.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>
/// The running code of one execution: fed with events, it makes calls. It lives between turns where instances are cached,
/// and is rebuilt from the history where not. One thread at a time may use it.
/// </summary>
internal sealed class OrchestratorExecution
{
    private readonly Func<TaskOrchestrationContext, Task<object?>>? _run;
    private readonly ExecutionStarted _start;
    private readonly DataConverter _converter;
    private readonly OrchestratorPump _pump;
    private readonly OrchestratorContext _context;
    private readonly Queue<HistoryEvent> _whileSuspended = new();
    private Task<object?>? _main;
    private ExecutionTerminated? _terminated;
    private Exception? _fault;
    private bool _isSuspended;
    private int _strayCount;

    /// <param name="run">Null when nobody registered the orchestrator: the execution fails.</param>
    /// <param name="start">The history's first event after the turn's beginning.</param>
    /// <param name="services">The surroundings.</param>
    public OrchestratorExecution(
        Func<TaskOrchestrationContext, Task<object?>>? run, ExecutionStarted start, OrchestratorServices services)
    {
        _run = run;
        _start = start;
        _converter = services.Converter;
        void ReportStray()
        {
            // The first one wakes the instance, so that it fails with the reason rather than waiting for ever.
            if (Interlocked.Increment(ref _strayCount) == 1)
            {
                services.ReportStray();
            }
        }

        _pump = new OrchestratorPump(ReportStray);
        _context = new OrchestratorContext(start, services with { ReportStray = ReportStray }, _pump);
    }

    public string Name => _start.Name;

    public int Execution => _start.Execution;

    public string Version => _start.Version;

    /// <summary>Repeats what is in the history. Code that does not fit it is reported by the next turn.</summary>
    public void Replay(IEnumerable<HistoryEvent> past)
    {
        Process(past, isReplaying: true);
        try
        {
            _context.Calls.EnsureAllRecorded("behind the last one");
        }
        catch (NonDeterminismException e)
        {
            _fault ??= e;
        }
    }

    /// <summary>Takes the events that came in and goes on as far as they lead.</summary>
    public TurnResult RunTurn(DateTime now, IReadOnlyList<HistoryEvent> received)
    {
        var events = new List<HistoryEvent>(received.Count + 1) { new OrchestratorStarted(now) };
        events.AddRange(received);
        Process(events, isReplaying: false);
        return Settle(events);
    }

    /// <summary>After a replay: throws when the code did not do what the history says.</summary>
    public void EnsureFits(ExecutionCompleted? recorded)
    {
        if (_fault is not null)
        {
            ExceptionDispatchInfo.Throw(_fault);
        }

        var replayed = Outcome();
        if (Describe(recorded) != Describe(replayed))
        {
            throw new NonDeterminismException(
                $"The code of orchestrator '{Name}' does not fit the history of instance '{_start.InstanceId}': at event "
                + $"ExecutionCompleted the history expects {Describe(recorded)}, but the code gave {Describe(replayed)}.");
        }
    }

    private static string Describe(ExecutionCompleted? end) => end switch
    {
        null => "no end",
        { Status: OrchestrationRuntimeStatus.Failed } => $"a failure by {end.Failure?.ErrorType}",
        _ => $"the status {end.Status} with the output {end.Output ?? "null"}",
    };

    private void Process(IEnumerable<HistoryEvent> events, bool isReplaying)
    {
        try
        {
            _pump.Run(events, historyEvent => Process(historyEvent, isReplaying));
        }

        // A mismatch with the history, or what an "async void" of the orchestrator threw.
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            _fault = e;
        }
    }

    private void Process(HistoryEvent historyEvent, bool isReplaying)
    {
        switch (historyEvent)
        {
            case OrchestratorStarted turn:
                if (isReplaying)
                {
                    _context.Calls.EnsureAllRecorded(nameof(OrchestratorStarted));
                }

                _context.SetTime(turn.At, isReplaying);
                break;
            case CallEvent call:
                _context.Calls.Match(call);
                break;
            case ExecutionTerminated terminated:
                _terminated ??= terminated;
                break;
            case ExecutionResumed:
                _isSuspended = false;
                while (!_isSuspended && _whileSuspended.TryDequeue(out var held))
                {
                    Deliver(held);
                }

                break;
            default:
                if (_isSuspended)
                {
                    _whileSuspended.Enqueue(historyEvent);
                }
                else
                {
                    Deliver(historyEvent);
                }

                break;
        }
    }

    private void Deliver(HistoryEvent historyEvent)
    {
        switch (historyEvent)
        {
            case ExecutionStarted:
                _main = _run is null ? Task.FromException<object?>(NotRegistered()) : MainAsync(_run);
                break;
            case ExecutionSuspended:
                _isSuspended = true;
                break;
            case AnswerEvent answer:
                _context.Calls.Answer(answer);
                break;
            case EventRaised raised:
                _context.Events.Raise(raised);
                break;
        }
    }

    // The await brings the end of the code back to the pump, so that code that strayed from it is noticed.
    private async Task<object?> MainAsync(Func<TaskOrchestrationContext, Task<object?>> run) => await run(_context);

    private InvalidOperationException NotRegistered() => new(
        $"There is no orchestrator named '{Name}' in this host. Was it renamed or removed?");

    private TurnResult Settle(List<HistoryEvent> events)
    {
        var completed = Outcome();
        var calls = _fault is null ? _context.Calls.TakeUnrecorded() : [];
        events.AddRange(calls);
        var result = new TurnResult
        {
            Events = events,
            Calls = calls,
            CancelledTimers = _context.Calls.TakeCancelledTimers(),
            CustomStatus = _context.CustomStatus,
            Status = _isSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running,
        };
        if (completed is { Status: OrchestrationRuntimeStatus.Completed } && _context.Next is { } next)
        {
            return result with
            {
                Next = _start with { Input = next.Input, Version = next.Version ?? _start.Version, Execution = Execution + 1 },
                CarriedEvents = next.KeepEvents ? _context.Events.Unclaimed() : [],
            };
        }

        if (completed is not null)
        {
            events.Add(completed);
            result = result with { Completed = completed, Status = completed.Status, TerminateChildren = IsRecursive(completed) };
        }

        return result;
    }

    private bool IsRecursive(ExecutionCompleted completed) =>
        completed.Status == OrchestrationRuntimeStatus.Terminated && _terminated is { Recursive: true };

    /// <summary>
    /// How the execution ended, or null. As in Azure (Azure/durabletask, src/DurableTask.Core/TaskOrchestrationExecutor.cs)
    /// it does not end, even when its code did, before every activity, timer and sub-orchestration is answered or cancelled.
    /// </summary>
    private ExecutionCompleted? Outcome()
    {
        if (_terminated is not null)
        {
            return new ExecutionCompleted(OrchestrationRuntimeStatus.Terminated, _terminated.Output, null);
        }

        if (_fault is not null)
        {
            return Failed(_fault);
        }

        if (Volatile.Read(ref _strayCount) > 0 || IsStuck())
        {
            return Failed(new InvalidOperationException(
                $"Orchestrator '{Name}' awaited something that is not a durable task (Task.Delay, Task.Run, I/O, "
                + "ConfigureAwait(false) or a task of its own). It may await the tasks of its context only."));
        }

        return _main is not { IsCompleted: true } || _context.Calls.HasOpenCalls || _isSuspended ? null : EndOf(_main);
    }

    private bool IsStuck() =>
        _main is { IsCompleted: false } && !_isSuspended && !_context.Calls.HasOpenCalls && !_context.Events.HasOpenWaits;

    private ExecutionCompleted EndOf(Task<object?> main)
    {
        try
        {
            var output = _converter.Serialize(main.GetAwaiter().GetResult(), "The output of orchestrator", Name);
            return new ExecutionCompleted(OrchestrationRuntimeStatus.Completed, output, null);
        }

        // Whatever the orchestrator's code throws is how it failed.
#pragma warning disable CA1031
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failed(e);
        }
    }

    private static ExecutionCompleted Failed(Exception e) =>
        new(OrchestrationRuntimeStatus.Failed, null, TaskFailureDetails.FromException(e));
}
