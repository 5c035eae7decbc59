using Marketline.LocalHost.Engine.History;

namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>
/// The calls that an orchestrator's code made: those that await their answer, and those that are not in the history yet.
/// Calls and their events in the history come in the same order, so that a replay compares them one by one.
/// </summary>
internal sealed class CallLedger(string orchestrator, string instanceId)
{
    private readonly Dictionary<int, TaskCompletionSource<AnswerEvent>> _open = [];
    private readonly Queue<CallEvent> _unrecorded = new();
    private HashSet<int> _cancelledTimers = [];
    private int _nextTaskId;

    public bool HasOpenCalls => _open.Count > 0;

    public int NextTaskId() => _nextTaskId++;

    /// <summary>Makes a call that nobody answers.</summary>
    public void Send(CallEvent call) => _unrecorded.Enqueue(call);

    /// <summary>Makes a call. As in the Durable Task framework, the answer's continuation runs before the next event is taken.</summary>
    public Task<AnswerEvent> Ask(CallEvent call)
    {
        _unrecorded.Enqueue(call);
        var answer = new TaskCompletionSource<AnswerEvent>();
        _open.Add(call.TaskId, answer);
        return answer.Task;
    }

    public void CancelTimer(int taskId)
    {
        if (_open.Remove(taskId, out var timer))
        {
            _cancelledTimers.Add(taskId);
            timer.TrySetCanceled();
        }
    }

    /// <summary>An answer that nobody waits for is one of a cancelled timer.</summary>
    public void Answer(AnswerEvent answer)
    {
        if (_open.Remove(answer.TaskId, out var waiting))
        {
            waiting.SetResult(answer);
        }
    }

    /// <summary>Replay: the history's next call must be the code's next call.</summary>
    public void Match(CallEvent recorded)
    {
        var made = _unrecorded.TryDequeue(out var call) ? call : null;
        if (made is null || made.TaskId != recorded.TaskId || made.GetType() != recorded.GetType()
            || made.Describe() != recorded.Describe())
        {
            throw Mismatch(recorded.GetType().Name, recorded.TaskId, recorded.Describe(), made?.Describe() ?? "no call");
        }
    }

    /// <summary>Replay: at the end of a recorded turn the code may have made no call that the history lacks.</summary>
    public void EnsureAllRecorded(string nextEvent)
    {
        if (_unrecorded.TryPeek(out var extra))
        {
            throw Mismatch(nextEvent, extra.TaskId, "no call", extra.Describe());
        }
    }

    public IReadOnlyList<CallEvent> TakeUnrecorded()
    {
        var calls = _unrecorded.ToArray();
        _unrecorded.Clear();
        return calls;
    }

    public IReadOnlySet<int> TakeCancelledTimers()
    {
        var timers = _cancelledTimers;
        _cancelledTimers = [];
        return timers;
    }

    private NonDeterminismException Mismatch(string eventName, int taskId, string expected, string found) => new(
        $"The code of orchestrator '{orchestrator}' does not fit the history of instance '{instanceId}': at event {eventName} "
        + $"(task #{taskId}) the history expects {expected}, but the code made {found}. Was the code changed while the "
        + "instance was running, or does it use the clock, random numbers or I/O?");
}
