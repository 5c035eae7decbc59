using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>
/// Runs one timer, one run at a time: what becomes due during a run is made up for by a single run right after it.
/// </summary>
internal sealed partial class TimerListener(
    FunctionDescriptor function, TimerSchedule schedule, TimerStateStore? store, TimeZoneInfo zone,
    FunctionInvoker invoker, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(24);
    private static readonly TimeSpan LargestDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stop = new();
    private TimerState _state = new(null, default, default);
    private Task _running = Task.CompletedTask;

    public void Start()
    {
        var now = time.GetUtcNow();
        var stored = store?.Read(function.Name);
        _state = TimerMonitor.Recall(stored, schedule, now);
        if (_state != stored)
        {
            Save();
        }

        _running = RunAsync(isPastDue: now > _state.Next);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running.WaitAsync(StopPatience);
        }
        catch (TimeoutException)
        {
            LogLeftRunning(function.Name);
        }
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(bool isPastDue)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        if (isPastDue)
        {
            await FireAsync(isPastDue: true, isScheduled: false);
        }
        else if (((TimerTriggerAttribute)function.Trigger).RunOnStartup)
        {
            await FireAsync(isPastDue: false, isScheduled: false);
        }

        while (await WaitAsync())
        {
            await FireAsync(isPastDue: false, isScheduled: true);
        }
    }

    private async Task<bool> WaitAsync()
    {
        try
        {
            for (var left = Left(); left > TimeSpan.Zero; left = Left())
            {
                await WaitAsync(left < LongestWait ? left : LongestWait, left);
            }
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        return !_stop.IsCancellationRequested;
    }

    private TimeSpan Left() => _state.Next - time.GetUtcNow();

    /// <summary>A clock that jumps while the wait is being set up (a suspended machine) must not make it that much longer.</summary>
    private async Task WaitAsync(TimeSpan wait, TimeSpan left)
    {
        using var jumped = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var waiting = Task.Delay(wait, time, jumped.Token);
        if (left - Left() > LargestDelay)
        {
            await jumped.CancelAsync();
            await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        await waiting;
    }

    private async Task FireAsync(bool isPastDue, bool isScheduled)
    {
        var started = time.GetUtcNow();
        var info = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = store is null ? null : _state.AsStatus(zone) };
        try
        {
            await invoker.InvokeAsync(function, new TimerCall(info) { CancellationToken = _stop.Token });
        }
        catch (Exception e)
        {
            // The invoker has logged it; the schedule goes on.
            LogFailed(e.GetType().Name, function.Name);
        }

        // A timer that wakes a little early must not take the same occurrence for its next one.
        var from = isScheduled && _state.Next > started ? _state.Next : started;
        _state = new TimerState(from, schedule.Next(from), from);
        Save();
    }

    private void Save()
    {
        try
        {
            store?.Write(function.Name, _state);
        }
        catch (IOException e)
        {
            LogNotSaved(e, function.Name);
        }
    }

    [LoggerMessage(LogLevel.Debug, "{Error} ended a run of timer {Timer}.")]
    private partial void LogFailed(string error, string timer);

    [LoggerMessage(LogLevel.Error, "The state of timer {Timer} could not be saved; a restart may run it once more.")]
    private partial void LogNotSaved(Exception exception, string timer);

    [LoggerMessage(LogLevel.Warning, "Timer {Timer} ignores its cancellation token and was left running.")]
    private partial void LogLeftRunning(string timer);
}
