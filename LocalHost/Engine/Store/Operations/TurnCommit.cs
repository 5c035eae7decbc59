using System.Text.Json;
using Marketline.LocalHost.Engine.History;
using Marketline.LocalHost.Engine.Orchestration;
using Marketline.LocalHost.Engine.Scheduling;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Marketline.LocalHost.Engine.Store.Operations;

/// <summary>Stores one turn of an orchestrator: what it took in, what it did and what follows from that.</summary>
internal sealed class TurnCommit(Turn taken, InstanceRow row, TurnResult turn, DateTime now, bool keep, Action<Exception?> done) : StoreWork
{
    // Written before the store's thread is asked, which has enough to do.
    private readonly ReadOnlyMemory<byte> _history = turn.Next is null ? HistoryJson.Write(turn.Events) : default;
    private readonly long? _lastSeq = taken.LastSeq;

    public override void Apply(StoreSession session, StoreEffects effects)
    {
        if (!session.Instances.IsAlive(row.Key, row.Execution))
        {
            // It was replaced or purged while it ran. What it did never happened.
            effects.Turns.Add(new TurnEnd(taken.Instance, Keep: false));
            return;
        }

        if (_lastSeq is { } last)
        {
            session.Inbox.DeleteUpTo(row.Key, last);
        }

        ApplyCalls(session, effects);
        foreach (var timer in turn.CancelledTimers)
        {
            session.Timers.Delete(row.Key, row.Execution, timer);
        }

        if (turn.CustomStatus is { } customStatus)
        {
            session.Instances.SetCustomStatus(row.Key, customStatus.Json);
        }

        EndTurn(session, effects);
        effects.Turns.Add(new TurnEnd(taken.Instance, keep && turn.Completed is null && turn.Next is null));
    }

    public override void Done(Exception? error) => done(error);

    private static TaskFailureDetails Failure(string type, string message) => new(type, message, null, null, null);

    private void ApplyCalls(StoreSession session, StoreEffects effects)
    {
        foreach (var call in turn.Calls)
        {
            switch (call)
            {
                case TaskScheduled task:
                    effects.Tasks.Add(session.Tasks.Add(row, task));
                    break;
                case TimerCreated timer when !turn.CancelledTimers.Contains(timer.TaskId):
                    session.Timers.Add(row, timer);
                    effects.AddDue(timer.FireAt.Ticks);
                    break;
                case EventSent sent:
                    Delivery.Send(session, effects, sent.InstanceId, new EventRaised(sent.Name, sent.Input));
                    break;
                case SubOrchestrationInstanceCreated child:
                    CreateChild(session, effects, child);
                    break;
            }
        }
    }

    private void CreateChild(StoreSession session, StoreEffects effects, SubOrchestrationInstanceCreated call)
    {
        if (session.Instances.Find(call.InstanceId) is { HasEnded: false })
        {
            var failure = Failure(
                "DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException",
                $"An Orchestration instance with the ID {call.InstanceId} already exists and has not ended.");
            if (!call.FireAndForget)
            {
                Delivery.Answer(session, effects, row.Key, row.Execution, new SubOrchestrationInstanceFailed(call.TaskId, failure, false));
            }

            return;
        }

        var start = new ExecutionStarted(call.InstanceId, call.Name, call.Version, call.Input, 0, row.Name, row.Id, call.TraceParent);
        var instance = new NewInstance(start, null, null, row, call.FireAndForget ? null : call.TaskId);
        InstanceCreation.Create(session, effects, instance, [], now);
    }

    private void EndTurn(StoreSession session, StoreEffects effects)
    {
        session.Instances.EndTurn(row.Key, turn.Status, now);
        if (turn.Next is { } next)
        {
            StartOver(session, effects, next);
            return;
        }

        session.History.Append(row.Key, row.Turns, _history.Span);
        if (turn.Completed is { } completed)
        {
            Complete(session, effects, completed);
        }
        else if (!row.HasStarted)
        {
            effects.ChangedIds.Add(row.Id);
            effects.Messages.AddRange(session.Inbox.Of(row.Key, _lastSeq ?? InboxMessage.NotStored));
        }
    }

    private void StartOver(StoreSession session, StoreEffects effects, ExecutionStarted next)
    {
        session.History.Delete(row.Key);
        session.Timers.DeleteAll(row.Key);
        session.Instances.StartOver(row.Key, next);
        effects.CarriedMessages.AddRange(session.Inbox.AddInFront(row.Key, [next, .. turn.CarriedEvents], next.Execution));
        if (!row.HasStarted)
        {
            effects.ChangedIds.Add(row.Id);
            effects.Messages.AddRange(session.Inbox.Of(row.Key, _lastSeq ?? InboxMessage.NotStored).Where(message => message.Seq > 0));
        }
    }

    private void Complete(StoreSession session, StoreEffects effects, ExecutionCompleted completed)
    {
        var failure = completed.Failure is { } details
            ? JsonSerializer.Serialize(details, HistoryJsonContext.Default.TaskFailureDetails)
            : null;
        session.Instances.SetEnd(row.Key, completed.Output, failure);
        session.Inbox.DeleteAll(row.Key);
        session.Timers.DeleteAll(row.Key);
        effects.ChangedIds.Add(row.Id);
        if (turn.TerminateChildren)
        {
            foreach (var child in session.Instances.Children(row.Key).Where(child => !child.HasEnded))
            {
                Delivery.Send(session, effects, child, new ExecutionTerminated(completed.Output, Recursive: true));
            }
        }

        if (row is { Parent: { } parent, ParentExecution: { } execution, ParentTask: { } task })
        {
            Delivery.Answer(session, effects, parent, execution, AnswerToParent(task, completed));
        }
    }

    private AnswerEvent AnswerToParent(int task, ExecutionCompleted completed) => completed.Status switch
    {
        OrchestrationRuntimeStatus.Completed => new SubOrchestrationInstanceCompleted(task, completed.Output),
        OrchestrationRuntimeStatus.Terminated => new SubOrchestrationInstanceFailed(
            task, Failure("OrchestrationTerminated", $"Instance '{row.Id}' was terminated. Output: {completed.Output ?? "null"}"), false),
        _ => new SubOrchestrationInstanceFailed(task, completed.Failure!, false),
    };
}
