using System.Threading.Channels;
using Marketline.LocalHost.Engine.Store;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>
/// Knows which instances have something to do and hands out turns and activities, first in, first out. It runs on the
/// store's thread only, after each commit.
/// </summary>
internal sealed class Scheduler(WorkCounter counter, StatusWaits waits, bool keepCode)
{
    private const int MaxIdleCode = 1_000;

    private readonly Dictionary<long, LiveInstance> _live = [];
    private readonly LinkedList<LiveInstance> _idle = new();
    private readonly List<LiveInstance> _touched = [];
    private readonly Channel<Turn> _turns = Channel.CreateUnbounded<Turn>();
    private readonly Channel<PendingTask> _tasks = Channel.CreateUnbounded<PendingTask>();

    public ChannelReader<Turn> Turns => _turns.Reader;

    public ChannelReader<PendingTask> Tasks => _tasks.Reader;

    public bool KeepsCode => keepCode;

    public void Publish(StoreEffects effects)
    {
        effects.RemovedKeys.ForEach(Forget);
        foreach (var message in effects.Messages)
        {
            Touch(message.Instance).Pending.Add(message);
        }

        foreach (var carried in effects.CarriedMessages.GroupBy(message => message.Instance))
        {
            Touch(carried.Key).Pending.InsertRange(0, carried);
        }

        foreach (var task in effects.Tasks)
        {
            counter.Enter();
            if (!_tasks.Writer.TryWrite(task))
            {
                counter.Exit();
            }
        }

        effects.Turns.ForEach(End);
        foreach (var instance in _touched)
        {
            TryStartTurn(instance);
        }

        _touched.Clear();
        effects.ChangedIds.ForEach(waits.Changed);
    }

    /// <summary>Gives an instance a turn although nothing happened to it, so that it notices what its code did.</summary>
    public void Wake(long key)
    {
        if (_live.TryGetValue(key, out var instance))
        {
            instance.Pending.Add(new InboxMessage(key, InboxMessage.NotStored, InboxMessage.AnyExecution, null));
            TryStartTurn(instance);
        }
    }

    /// <summary>Takes a turn back that could not be stored; its messages come again.</summary>
    public void Retry(Turn turn)
    {
        turn.Instance.Code = null;
        turn.Instance.IsBusy = false;
        turn.Instance.Pending.InsertRange(0, turn.Messages);
        TryStartTurn(turn.Instance);
    }

    /// <summary>Hands out no more; what is queued stays in the store.</summary>
    public void Close()
    {
        _turns.Writer.TryComplete();
        _tasks.Writer.TryComplete();
    }

    private LiveInstance Touch(long key)
    {
        if (!_live.TryGetValue(key, out var instance))
        {
            _live.Add(key, instance = new LiveInstance(key));
        }

        _touched.Add(instance);
        return instance;
    }

    private void TryStartTurn(LiveInstance instance)
    {
        if (instance.IsBusy || instance.Pending.Count == 0)
        {
            return;
        }

        if (instance.IdlePlace is { } place)
        {
            _idle.Remove(place);
            instance.IdlePlace = null;
        }

        instance.IsBusy = true;
        counter.Enter();
        if (!_turns.Writer.TryWrite(new Turn(instance, instance.TakePending())))
        {
            counter.Exit();
        }
    }

    private void End(TurnEnd end)
    {
        var instance = end.Instance;
        instance.IsBusy = false;
        if (!end.Keep)
        {
            instance.Code = null;
        }

        if (instance.Pending.Count > 0)
        {
            TryStartTurn(instance);
        }
        else if (instance.Code is null)
        {
            Forget(instance.Key);
        }
        else
        {
            instance.IdlePlace = _idle.AddLast(instance);
            if (_idle.Count > MaxIdleCode)
            {
                Forget(_idle.First!.Value.Key);
            }
        }
    }

    private void Forget(long key)
    {
        if (_live.TryGetValue(key, out var instance) && !instance.IsBusy)
        {
            _live.Remove(key);
            if (instance.IdlePlace is { } place)
            {
                _idle.Remove(place);
                instance.IdlePlace = null;
            }
        }
    }
}
