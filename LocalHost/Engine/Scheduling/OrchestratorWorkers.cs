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
        try
        {
            turn.Instance.Code ??= await LoadAsync(turn);
        }
#pragma warning disable CA1031 // A history that cannot be read is reported, and read again: the worker has others to serve.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Retry(turn, e);
            return;
        }

        if (turn.Instance.Code is not { } code)
        {
            Drop(turn);
            return;
        }

        Activity.Current = code.Trace;
        var result = code.Execution.RunTurn(time.GetUtcNow().UtcDateTime, Events(turn.Messages, code.Row));
        Activity.Current = null;
        Store(turn, code, result);
    }

    /// <summary>The events for the present execution, its start first.</summary>
    private static List<HistoryEvent> Events(List<InboxMessage> messages, InstanceRow row)
    {
        var events = new List<HistoryEvent>(messages.Count);
        foreach (var message in messages)
        {
            if (message.Event is not null && (message.Execution == InboxMessage.AnyExecution || message.Execution == row.Execution))
            {
                events.Insert(message.Event is ExecutionStarted ? 0 : events.Count, message.Event);
            }
        }

        return events;
    }

    /// <summary>Rebuilds the code from its history, or begins it. Null when the instance is gone or has ended.</summary>
    private async Task<LiveCode?> LoadAsync(Turn turn)
    {
        var key = turn.Instance.Key;
        var (row, history, input) = await store.ReadAsync(session => Load(session, key));
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
        var trace = EngineTrace.Start("orchestration", row.Name, start.TraceParent);
        code.Replay(history);
        return new LiveCode(row, code, trace);
    }

    private static (InstanceRow? Row, List<HistoryEvent> History, string? Input) Load(StoreSession session, long key)
    {
        var row = session.Instances.Find(key);
        return row switch
        {
            null or { HasEnded: true } => (row, [], null),
            { Turns: 0 } => (row, [], session.Instances.Input(key)),
            _ => (row, session.History.Of(key), null),
        };
    }

    private void Store(Turn turn, LiveCode code, TurnResult result)
    {
        turn.Instance.Code = code with { Row = code.Row with { Turns = code.Row.Turns + 1, HasStarted = true, Status = result.Status } };
        store.Post(new TurnCommit(turn, code.Row, result, time.GetUtcNow().UtcDateTime, scheduler.KeepsCode, error =>
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

    private void Retry(Turn turn, Exception error)
    {
        EngineLog.StoreFailed(logger, error);
        _ = Task.Delay(TimeSpan.FromSeconds(1), time).ContinueWith(
            _ => store.Post(new StoreThreadCall(() => scheduler.Retry(turn))), TaskScheduler.Default);
    }

    private void Drop(Turn turn) => store.Post(new TurnDrop(turn, error => Retry(turn, error)));

    private void Wake(long key) => store.Post(new StoreThreadCall(() => scheduler.Wake(key)));
}
