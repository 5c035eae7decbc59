namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>
/// Counts what is under way, so that somebody can wait until nothing is. Work that follows is counted before its cause ends.
/// </summary>
internal sealed class WorkCounter
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiters = [];
    private long _count;

    public void Enter(int count = 1)
    {
        lock (_lock)
        {
            _count += count;
        }
    }

    public void Exit(int count = 1)
    {
        TaskCompletionSource[] done;
        lock (_lock)
        {
            _count -= count;
            if (_count > 0 || _waiters.Count == 0)
            {
                return;
            }

            done = [.. _waiters];
            _waiters.Clear();
        }

        foreach (var waiter in done)
        {
            waiter.SetResult();
        }
    }

    public Task WaitUntilZeroAsync()
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add(waiter);
            return waiter.Task;
        }
    }
}
