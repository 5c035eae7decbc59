using System.Collections.Concurrent;
using Marketline.LocalHost.Engine.Scheduling;

namespace Marketline.LocalHost.Engine.Store;

/// <summary>
/// The one thread that uses the database. Whatever has queued up while it was busy goes into one transaction (group commit);
/// nothing that a transaction causes is published before it is committed.
/// </summary>
internal sealed class StoreThread : IDisposable
{
    private const int MaxGroup = 512;

    private readonly BlockingCollection<StoreWork> _queue = [];
    private readonly StoreSession _session;
    private readonly Action<StoreEffects> _publish;
    private readonly WorkCounter _counter;
    private readonly Thread _thread;

    /// <param name="session">Owned by the thread from now on.</param>
    /// <param name="publish">Called on the thread after each commit.</param>
    /// <param name="counter">Counts the work that is not through.</param>
    public StoreThread(StoreSession session, Action<StoreEffects> publish, WorkCounter counter)
    {
        _session = session;
        _publish = publish;
        _counter = counter;
        _thread = new Thread(Run) { IsBackground = true, Name = "Durable store" };
    }

    public void Start() => _thread.Start();

    /// <summary>Queues work. After <see cref="Dispose"/> it is dropped: what was not stored is done again after a restart.</summary>
    public bool Post(StoreWork work)
    {
        _counter.Enter();
        try
        {
            _queue.Add(work);
            return true;
        }
        catch (InvalidOperationException)
        {
            // The queue was closed.
            _counter.Exit();
            return false;
        }
    }

    public Task<T> WriteAsync<T>(Func<StoreSession, StoreEffects, T> write) => CallAsync(write, isRead: false);

    public Task<T> ReadAsync<T>(Func<StoreSession, T> read) => CallAsync((session, _) => read(session), isRead: true);

    /// <summary>Does what is queued, then closes the database.</summary>
    public void Dispose()
    {
        _queue.CompleteAdding();
        if (_thread.ThreadState.HasFlag(ThreadState.Unstarted))
        {
            _session.Dispose();
        }
        else
        {
            _thread.Join();
        }

        _queue.Dispose();
    }

    private Task<T> CallAsync<T>(Func<StoreSession, StoreEffects, T> run, bool isRead)
    {
        var call = new StoreCall<T>(run, isRead);
        if (!Post(call))
        {
            call.Done(new ObjectDisposedException(nameof(DurableEngine), "The engine was stopped."));
        }

        return call.Outcome;
    }

    private void Run()
    {
        var group = new List<StoreWork>(MaxGroup);
        foreach (var first in _queue.GetConsumingEnumerable())
        {
            var next = first;
            do
            {
                if (next.IsRead)
                {
                    Write(group);
                    Read(next);
                }
                else
                {
                    group.Add(next);
                }
            }
            while (group.Count < MaxGroup && _queue.TryTake(out next));
            Write(group);
        }

        _session.Dispose();
    }

    private void Read(StoreWork read)
    {
        Exception? error = null;
        try
        {
            read.Apply(_session, new StoreEffects());
        }
#pragma warning disable CA1031 // The one who asked gets the error.
        catch (Exception e)
#pragma warning restore CA1031
        {
            error = e;
        }

        read.Done(error);
        _counter.Exit();
    }

    private void Write(List<StoreWork> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        if (!TryWrite(group))
        {
            // Something is wrong with one of them, or with the disk: each has to show it for itself.
            group.ForEach(work => TryWrite([work]));
        }

        _counter.Exit(group.Count);
        group.Clear();
    }

    /// <returns>False when the transaction failed and holds several works, of which each may do better alone.</returns>
    private bool TryWrite(List<StoreWork> group)
    {
        var effects = new StoreEffects();
        var refusals = new Exception?[group.Count];
        try
        {
            _session.Begin();
            for (var i = 0; i < group.Count; i++)
            {
                refusals[i] = Apply(group[i], effects);
            }

            _session.Commit();
        }
#pragma warning disable CA1031 // Whatever it was, the transaction is taken back and its works get the error.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _session.Rollback();
            if (group.Count > 1)
            {
                return false;
            }

            group[0].Done(e);
            return true;
        }

        _publish(effects);
        for (var i = 0; i < group.Count; i++)
        {
            group[i].Done(refusals[i]);
        }

        return true;
    }

    private Exception? Apply(StoreWork work, StoreEffects effects)
    {
        try
        {
            work.Apply(_session, effects);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // A refusal, before anything was written.
            return e;
        }
    }
}
