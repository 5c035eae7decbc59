namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>
/// The one thread that an orchestrator's code runs on. A continuation that arrives from anywhere else belongs to an await
/// of something that is not durable: it is not run, but reported.
/// </summary>
internal sealed class OrchestratorPump(Action strayContinuation) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = new();
    private int _threadId;

    /// <summary>True on the thread that runs the orchestrator's code, while it does.</summary>
    public bool IsCurrent => Volatile.Read(ref _threadId) == Environment.CurrentManagedThreadId;

    /// <summary>Runs <paramref name="step"/> for each item, each with every continuation that follows from it.</summary>
    public void Run<T>(IEnumerable<T> items, Action<T> step)
    {
        var previous = Current;
        SetSynchronizationContext(this);
        Volatile.Write(ref _threadId, Environment.CurrentManagedThreadId);
        try
        {
            foreach (var item in items)
            {
                step(item);
                while (_posted.TryDequeue(out var next))
                {
                    next.Callback(next.State);
                }
            }
        }
        finally
        {
            Volatile.Write(ref _threadId, 0);
            SetSynchronizationContext(previous);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            _posted.Enqueue((d, state));
        }
        else
        {
            strayContinuation();
        }
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (!IsCurrent)
        {
            strayContinuation();
            throw new InvalidOperationException("Work for an orchestrator was sent from outside its thread.");
        }

        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;
}
