namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>Wakes those who wait for an instance to start or to end.</summary>
internal sealed class StatusWaits
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedList<TaskCompletionSource>> _waits = [];

    /// <summary>A wait that ends with the next change after this call. Disposing gives it up.</summary>
    public Wait Next(string instanceId)
    {
        lock (_lock)
        {
            if (!_waits.TryGetValue(instanceId, out var list))
            {
                _waits.Add(instanceId, list = new LinkedList<TaskCompletionSource>());
            }

            return new Wait(this, instanceId, list.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)));
        }
    }

    public void Changed(string instanceId)
    {
        LinkedList<TaskCompletionSource>? list;
        lock (_lock)
        {
            if (!_waits.Remove(instanceId, out list))
            {
                return;
            }
        }

        foreach (var wait in list)
        {
            wait.TrySetResult();
        }
    }

    private void GiveUp(string instanceId, LinkedListNode<TaskCompletionSource> place)
    {
        lock (_lock)
        {
            if (place.List is { } list && _waits.TryGetValue(instanceId, out var present) && present == list)
            {
                list.Remove(place);
                if (list.Count == 0)
                {
                    _waits.Remove(instanceId);
                }
            }
        }
    }

    internal sealed class Wait(StatusWaits waits, string instanceId, LinkedListNode<TaskCompletionSource> place) : IDisposable
    {
        public Task Changed => place.Value.Task;

        public void Dispose() => waits.GiveUp(instanceId, place);
    }
}
