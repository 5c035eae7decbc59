using Microsoft.Azure.Functions.Worker.Local.Functions;
using Microsoft.Azure.Functions.Worker.Local.Hosting;
using Microsoft.Azure.Functions.Worker.Local.Invocation;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>Starts and stops every timer of the app.</summary>
internal sealed class TimerHostPart(
    FunctionCatalog catalog, TimerSchedules schedules, TimerStateStore store, FunctionInvoker invoker, TimeProvider time,
    ILogger<TimerListener> logger) : IHostPart, IDisposable
{
    private readonly List<TimerListener> _listeners = [];

    public HostPhase Phase => HostPhase.AfterHttp;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var function in catalog.Of<TimerTriggerAttribute>())
        {
            var schedule = schedules.Of(function);
            var isMonitored = ((TimerTriggerAttribute)function.Trigger).UseMonitor && !schedule.IsSubMinute(time.GetUtcNow());
            var listener = new TimerListener(
                function, schedule, isMonitored ? store : null, schedules.Zone, invoker, time, logger);
            _listeners.Add(listener);
            listener.Start();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_listeners.Select(l => l.StopAsync()));

    public void Dispose() => _listeners.ForEach(l => l.Dispose());
}
