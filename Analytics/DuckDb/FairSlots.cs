using Marketline.Analytics.Query;

namespace Marketline.Analytics.DuckDb;

/// <summary>
/// A few slots that many owners share. While they are taken owners take turns, so that one with a hundred requests delays
/// another's by one; and no owner has more than its share.
/// </summary>
internal sealed class FairSlots(int count, int maxPerOwner)
{
    private const int MaxWaitingPerOwner = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taken = [];
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = [];
    private readonly Queue<string> _turns = new();
    private int _free = count;

    /// <exception cref="QueryBusyException">The owner has too many requests waiting.</exception>
    public async Task TakeAsync(string owner, CancellationToken cancellationToken)
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_free > 0 && MayTake(owner))
            {
                Take(owner);
                return;
            }

            Wait(owner, turn);
        }

        await using var cancelled = cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task;
    }

    public void Return(string owner)
    {
        lock (_lock)
        {
            _free++;
            if (--_taken[owner] == 0)
            {
                _taken.Remove(owner);
            }

            // One is free: the next in turn who may have it gets it.
            for (var turns = _turns.Count; turns > 0 && _free > 0; turns--)
            {
                var next = _turns.Dequeue();
                if (MayTake(next) && TryWake(next))
                {
                    Take(next);
                }

                if (_waiting[next].Count > 0)
                {
                    _turns.Enqueue(next);
                }
                else
                {
                    _waiting.Remove(next);
                }
            }
        }
    }

    private bool MayTake(string owner) => _taken.GetValueOrDefault(owner) < maxPerOwner;

    private void Take(string owner)
    {
        _free--;
        _taken[owner] = _taken.GetValueOrDefault(owner) + 1;
    }

    private void Wait(string owner, TaskCompletionSource turn)
    {
        if (!_waiting.TryGetValue(owner, out var queue))
        {
            _waiting[owner] = queue = new Queue<TaskCompletionSource>();
            _turns.Enqueue(owner);
        }

        if (queue.Count >= MaxWaitingPerOwner)
        {
            throw new QueryBusyException("Too many queries of the tenant wait already.");
        }

        queue.Enqueue(turn);
    }

    /// <summary>Those who gave up are passed over.</summary>
    private bool TryWake(string owner)
    {
        while (_waiting[owner].TryDequeue(out var turn))
        {
            if (turn.TrySetResult())
            {
                return true;
            }
        }

        return false;
    }
}
