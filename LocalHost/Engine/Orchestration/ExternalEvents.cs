using System.Text.Json;
using Marketline.LocalHost.Engine.History;
using Microsoft.DurableTask;

namespace Marketline.LocalHost.Engine.Orchestration;

/// <summary>
/// Events that wait for their orchestrator, and the orchestrator's waits for events. As in the Durable Task worker
/// (microsoft/durabletask-dotnet, src/Worker/Core/Shims/TaskOrchestrationContextWrapper.cs) the latest wait gets the next
/// event, and a wait that was cancelled still takes one: it is lost then.
/// </summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, Stack<IWait>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Queue<(long Order, EventRaised Event)>> _unclaimed = new(StringComparer.OrdinalIgnoreCase);
    private long _order;

    private interface IWait
    {
        Type EventType { get; }

        bool IsOpen { get; }

        bool TryComplete(string? input, DataConverter converter);
    }

    public bool HasOpenWaits => _waits.Values.Any(stack => stack.Any(wait => wait.IsOpen));

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        if (!_waits.TryGetValue(name, out var stack))
        {
            _waits.Add(name, stack = new Stack<IWait>());
        }
        else if (stack.TryPeek(out var other) && other.EventType != typeof(T))
        {
            throw new ArgumentException(
                $"Event '{name}' is already waited for as {other.EventType.FullName}; it cannot be waited for as {typeof(T).FullName} too.",
                nameof(name));
        }

        var wait = new Wait<T>();
        stack.Push(wait);
        if (TakeUnclaimed(name) is { } early)
        {
            stack.Pop();
            wait.TryComplete(early.Input, converter);
        }

        if (cancellation.CanBeCanceled)
        {
            cancellation.Register(() => wait.TrySetCanceled(cancellation));
        }

        return wait.Task;
    }

    /// <returns>False when a cancelled wait took the event, which is lost.</returns>
    public bool Raise(EventRaised raised)
    {
        if (_waits.TryGetValue(raised.Name, out var stack) && stack.TryPop(out var wait))
        {
            return wait.TryComplete(raised.Input, converter);
        }

        if (!_unclaimed.TryGetValue(raised.Name, out var queue))
        {
            _unclaimed.Add(raised.Name, queue = new());
        }

        queue.Enqueue((_order++, raised));
        return true;
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<EventRaised> Unclaimed() =>
        [.. _unclaimed.Values.SelectMany(queue => queue).OrderBy(entry => entry.Order).Select(entry => entry.Event)];

    private EventRaised? TakeUnclaimed(string name) =>
        _unclaimed.TryGetValue(name, out var queue) && queue.TryDequeue(out var entry) ? entry.Event : null;

    private sealed class Wait<T> : TaskCompletionSource<T>, IWait
    {
        public Type EventType => typeof(T);

        public bool IsOpen => !Task.IsCompleted;

        public bool TryComplete(string? input, DataConverter converter)
        {
            try
            {
                return TrySetResult(converter.Deserialize<T>(input)!);
            }
            catch (JsonException e)
            {
                return TrySetException(e);
            }
        }
    }
}
