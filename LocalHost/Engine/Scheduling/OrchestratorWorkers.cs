using System.Diagnostics;
using System.Threading.Channels;
using Marketline.LocalHost.Engine.History;
using Marketline.LocalHost.Engine.Orchestration;
using Marketline.LocalHost.Engine.Store;
using Marketline.LocalHost.Engine.Store.Operations;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>Gives orchestrators their turns, so many at once, and stores what each turn did.</summary>
internal sealed class OrchestratorWorkers(
    Registrations registrations,
    StoreThread store,
    Scheduler scheduler,
    WorkCounter counter,
    OrchestratorServices services,
    TimeProvider time,
    ILogger logger)
{
    public async Task RunAsync(ChannelReader<Turn> turns, CancellationToken stopping)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stopping.IsCancellationRequested && await turns.WaitToReadAsync(CancellationToken.None))
        {
            while (!stopping.IsCancellationRequested && turns.TryRead(out var turn))
            {
                await RunAsync(turn);
                counter.Exit();
            }
        }
    }

    private async Task RunAsync(Turn turn)
    {
        var events = new List<HistoryEvent>(turn.Messages.Count);
        try
        {
            turn.Instance.Code ??= await LoadAsync(turn);
        }
        catch (IOException e)
        {
            Retry(turn, e);
            return;
        }

        if (turn.Instance.Code is not { } code)
        {
            Drop(turn);
            return;
        }

        events.AddRange(turn.Messages
            .Where(message => message.Event is not null && IsFor(message, code.Row))
            .Select(message => message.Event!)
            .OrderBy(historyEvent => historyEvent is ExecutionStarted ? 0 : 1));
        var before = Activity.Current;
        Activity.Current = code.Trace;
        var result = code.Execution.RunTurn(time.GetUtcNow().UtcDateTime, events);
        Activity.Current = before;
        Store(turn, code, result);
    }

    private static bool IsFor(InboxMessage message, InstanceRow row) =>
        message.Execution == InboxMessage.AnyExecution || message.Execution == row.Execution;

    /// <summary>Rebuilds the code from its history, or begins it. Null when the instance is gone or has ended.</summary>
    private async Task<LiveCode?> LoadAsync(Turn turn)
    {
        var key = turn.Instance.Key;
        var (row, history, input) = await store.ReadAsync(session =>
        {
            var found = session.Instances.Find(key);
            return (found, found is { Turns: > 0 } ? session.History.Of(key) : [], found is { Turns: 0 } ? session.Instances.Input(key) : null);
        });
        if (row is null || row.HasEnded)
        {
            return null;
        }

        var start = history.OfType<ExecutionStarted>().FirstOrDefault()
            ?? turn.Messages.Select(message => message.Event).OfType<ExecutionStarted>().FirstOrDefault()
            ?? new ExecutionStarted(row.Id, row.Name, row.Version, input, row.Execution, null, null, row.TraceParent);
        registrations.Orchestrators.TryGetValue(row.Name, out var run);
        var wake = services with { ReportStray = () => Wake(key) };
        var code = new OrchestratorExecution(run, start, wake);
        var before = Activity.Current;
        Activity.Current = null;
        var trace = EngineTrace.Start($"orchestration:{row.Name}", ActivityKind.Server, start.TraceParent);
        code.Replay(history);
        Activity.Current = before;
        return new LiveCode(row, code, trace);
    }

    private void Store(Turn turn, LiveCode code, TurnResult result)
    {
        var lastSeq = turn.Messages.Where(message => message.Event is not null).Select(message => (long?)message.Seq).Max();
        var commit = new TurnCommit(turn.Instance, code.Row, result, lastSeq, time.GetUtcNow().UtcDateTime, scheduler.KeepsCode);
        turn.Instance.Code = code with { Row = code.Row with { Turns = code.Row.Turns + 1, HasStarted = true, Status = result.Status } };
        store.Post(new StoreWork(commit.Apply, IsRead: false, error =>
        {
            if (error is not null)
            {
                Retry(turn, error);
            }
            else if (result.Completed is { } completed)
            {
                code.Trace?.Stop();
                Report(code.Row, completed);
            }
        }));
    }

    private void Report(InstanceRow row, ExecutionCompleted completed)
    {
        if (completed.Status == OrchestrationRuntimeStatus.Failed)
        {
            EngineLog.Failed(logger, row.Name, row.Id, completed.Failure?.ErrorMessage);
        }
        else
        {
            EngineLog.Ended(logger, row.Name, row.Id, completed.Status);
        }
    }

    /// <summary>Forgets messages for an instance that cannot take them any more.</summary>
    private void Drop(Turn turn) => store.Post(new StoreWork(
        (session, effects) =>
        {
            if (turn.Messages.Where(message => message.Event is not null).Select(message => (long?)message.Seq).Max() is { } last)
            {
                session.Inbox.DeleteUpTo(turn.Instance.Key, last);
            }

            effects.Turns.Add(new TurnEnd(turn.Instance, Keep: false));
        },
        IsRead: false,
        error =>
        {
            if (error is not null)
            {
                Retry(turn, error);
            }
        }));

    private void Retry(Turn turn, Exception error)
    {
        EngineLog.StoreFailed(logger, error);
        _ = Task.Delay(TimeSpan.FromSeconds(1), time).ContinueWith(
            _ => store.Post(new StoreWork((_, _) => { }, IsRead: true, _ => scheduler.Retry(turn))), TaskScheduler.Default);
    }

    private void Wake(long key) => store.Post(new StoreWork((_, _) => { }, IsRead: true, _ => scheduler.Wake(key)));
}
