using Marketline.LocalHost.Engine.History;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Store.Operations;

/// <summary>Brings events to instances.</summary>
internal static class Delivery
{
    private const int TimersAtOnce = 256;

    /// <summary>For an event from outside. One that has ended or does not exist takes none.</summary>
    /// <returns>The instance's status; null when it does not exist.</returns>
    public static OrchestrationRuntimeStatus? Send(StoreSession session, StoreEffects effects, string instanceId, HistoryEvent historyEvent)
    {
        var instance = session.Instances.Find(instanceId);
        if (instance is { HasEnded: false })
        {
            Send(session, effects, instance, historyEvent);
        }

        return instance?.Status;
    }

    public static void Send(StoreSession session, StoreEffects effects, InstanceRow instance, HistoryEvent historyEvent)
    {
        var message = session.Inbox.Add(instance.Key, InboxMessage.AnyExecution, historyEvent);

        // Before its first turn an instance takes nothing but its start or its end; the rest it gets after that turn.
        if (instance.HasStarted || historyEvent is ExecutionTerminated)
        {
            effects.Messages.Add(message);
        }
    }

    /// <summary>For the answer to a call; nobody takes it when the caller has gone on to another execution or has ended.</summary>
    public static void Answer(StoreSession session, StoreEffects effects, long instance, int execution, AnswerEvent answer)
    {
        if (session.Instances.IsAlive(instance, execution))
        {
            effects.Messages.Add(session.Inbox.Add(instance, execution, answer));
        }
    }

    /// <param name="session">The store.</param>
    /// <param name="effects">What follows.</param>
    /// <param name="task">The activity that was run.</param>
    /// <param name="answer">Its outcome.</param>
    /// <param name="json">The outcome as it is stored, written before the store's thread was asked.</param>
    public static void EndTask(StoreSession session, StoreEffects effects, PendingTask task, AnswerEvent answer, byte[] json)
    {
        if (session.Tasks.Delete(task.Seq) && session.Instances.IsAlive(task.Instance, task.Execution))
        {
            effects.Messages.Add(session.Inbox.Add(task.Instance, task.Execution, answer, json));
        }
    }

    /// <summary>Fires some of the timers that are due and says when the next one is, be it in the past.</summary>
    public static void FireTimers(StoreSession session, StoreEffects effects, DateTime now)
    {
        foreach (var timer in session.Timers.TakeDue(now, TimersAtOnce))
        {
            if (!session.Instances.IsAlive(timer.Instance, timer.Execution))
            {
                continue;
            }

            var message = session.Inbox.Add(timer.Instance, timer.Execution, timer.Event);
            if (timer.Event is ExecutionStarted)
            {
                // With the delayed start come the events that were sent before it.
                effects.Messages.AddRange(session.Inbox.Of(timer.Instance, InboxMessage.NotStored));
            }
            else
            {
                effects.Messages.Add(message);
            }
        }

        effects.AddDue(session.Timers.NextDue());
    }
}
