using Marketline.LocalHost.Engine.Client;
using Marketline.LocalHost.Engine.History;
using Marketline.LocalHost.Engine.Orchestration;
using Marketline.LocalHost.Engine.Scheduling;
using Marketline.LocalHost.Engine.Store;
using Marketline.LocalHost.Engine.Store.Operations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Marketline.LocalHost.Engine;

/// <summary>
/// Runs orchestrators and activities on one machine and keeps their histories: event-sourced, at-least-once activities, and
/// ready to go on after it was killed at any moment. It is started once and stopped once.
/// </summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly DurableEngineOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly Registrations _registrations = new();
    private readonly WorkCounter _counter = new();
    private readonly StatusWaits _waits = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _workers = [];
    private DatabaseLock? _databaseLock;
    private Scheduler? _scheduler;
    private DueTimers? _timers;
    private StoreThread? _store;
    private EngineClient? _client;
    private bool _isStopped;

    public DurableEngine(DurableEngineOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxConcurrentActivities);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxConcurrentOrchestrators);
        _options = options;
        _time = time;
        _loggers = loggers;
        _logger = loggers.CreateLogger<DurableEngine>();
    }

    /// <summary>Usable once the engine is started.</summary>
    public DurableTaskClient Client => _client ?? throw new InvalidOperationException("The durable engine is not started.");

    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run)
    {
        if (!_registrations.Orchestrators.TryAdd(name, run))
        {
            throw new ArgumentException($"There are two orchestrators named '{name}'.", nameof(name));
        }
    }

    public void AddActivity(string name, Func<ActivityCall, CancellationToken, Task<object?>> run)
    {
        if (!_registrations.Activities.TryAdd(name, run))
        {
            throw new ArgumentException($"There are two activities named '{name}'.", nameof(name));
        }
    }

    /// <summary>Opens the database and goes on with what it holds.</summary>
    /// <exception cref="InvalidOperationException">Another process uses the database.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _databaseLock = DatabaseLock.Take(_options.DatabasePath);
        _scheduler = new Scheduler(_counter, _waits, _options.CacheInstances);
        _store = new StoreThread(OpenSession(), Publish, _counter);
        _timers = new DueTimers(_time, _store.Post);
        _client = new EngineClient(_options, _time, _store, _waits);
        _store.Start();
        var recovered = await _store.WriteAsync((session, effects) =>
        {
            Recovery.Run(session, effects);
            return (effects.Messages.Count, effects.Tasks.Count);
        });
        EngineLog.Recovered(_logger, recovered.Item1, recovered.Item2);
        StartWorkers(_store, _scheduler);
    }

    /// <summary>
    /// Cancels running activities (they run again after the next start), waits for them until the token is cancelled, and
    /// closes the database.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_store is null || _isStopped)
        {
            return;
        }

        _isStopped = true;
        _scheduler!.Close();
        await _stopping.CancelAsync();
        await Task.WhenAll(_workers).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _store.Dispose();
        _timers!.Dispose();
        _databaseLock!.Dispose();
    }

    /// <summary>The present execution's history, to be kept and replayed by <see cref="ReplayAsync"/>.</summary>
    /// <exception cref="ArgumentException">There is no such instance.</exception>
    public async Task<string> ExportHistoryAsync(string instanceId)
    {
        var store = _store ?? throw new InvalidOperationException("The durable engine is not started.");
        var events = await store.ReadAsync(session =>
            session.Instances.Find(instanceId) is { } row ? session.History.Of(row.Key) : null);
        return events is null
            ? throw new ArgumentException($"There is no instance '{instanceId}'.", nameof(instanceId))
            : HistoryJson.WriteIndented(events);
    }

    /// <summary>Repeats a stored history with the orchestrator's present code. Nothing is stored, no activity runs.</summary>
    /// <exception cref="NonDeterminismException">The code does not do what the history says.</exception>
    public Task ReplayAsync(string name, string historyJson)
    {
        var history = HistoryJson.Read(historyJson);
        var start = history.OfType<ExecutionStarted>().FirstOrDefault()
            ?? throw new ArgumentException("The history does not begin with ExecutionStarted.", nameof(historyJson));
        if (!_registrations.Orchestrators.TryGetValue(name, out var run))
        {
            throw new ArgumentException($"There is no orchestrator named '{name}'.", nameof(name));
        }

        var execution = new OrchestratorExecution(run, start, Services());
        execution.Replay(history);
        execution.EnsureFits(history.OfType<ExecutionCompleted>().LastOrDefault());
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stopping.Dispose();
    }

    /// <summary>Ends when nothing is left to do but to wait for a time, an event or a call of the client.</summary>
    internal Task WaitUntilIdleAsync() => _counter.WaitUntilZeroAsync();

    private StoreSession OpenSession()
    {
        try
        {
            return new StoreSession(_options.DatabasePath);
        }
        catch
        {
            _databaseLock?.Dispose();
            throw;
        }
    }

    private OrchestratorServices Services() =>
        new(_options.DataConverter, _loggers, _options.DefaultVersion ?? string.Empty, () => { });

    private void StartWorkers(StoreThread store, Scheduler scheduler)
    {
        // Nothing of the one who starts the engine (his trace, for one) belongs to the work of others.
        using var flow = ExecutionContext.SuppressFlow();
        var orchestrators = new OrchestratorWorkers(_registrations, store, scheduler, _counter, Services(), _time, _logger);
        var activities = new ActivityWorkers(_registrations, store, _counter, _options.DataConverter, _time, _logger);
        for (var i = 0; i < _options.MaxConcurrentOrchestrators; i++)
        {
            _workers.Add(Task.Run(() => orchestrators.RunAsync(scheduler.Turns, _stopping.Token)));
        }

        for (var i = 0; i < _options.MaxConcurrentActivities; i++)
        {
            _workers.Add(Task.Run(() => activities.RunAsync(scheduler.Tasks, _stopping.Token)));
        }
    }

    private void Publish(StoreEffects effects)
    {
        _scheduler!.Publish(effects);
        _timers!.Schedule(effects.Due);
    }
}
