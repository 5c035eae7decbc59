using Marketline.LocalHost.Engine.Store;
using Marketline.LocalHost.Engine.Store.Operations;

namespace Marketline.LocalHost.Engine.Scheduling;

/// <summary>
/// One timer for the durable timer that is due next; all others stay in the store. It never sleeps longer than a minute, so
/// that a moved clock or a suspended machine delays nothing for long, and no span is too long for it.
/// </summary>
internal sealed class DueTimers(TimeProvider time, Func<StoreWork, bool> post) : StoreWork, IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private ITimer? _timer;
    private long _next = long.MaxValue;

    /// <summary>Called on the store's thread.</summary>
    public void Schedule(long? due)
    {
        if (due is { } ticks && ticks < _next)
        {
            _next = ticks;
            if (ticks <= time.GetUtcNow().UtcTicks)
            {
                Wake();
            }
            else
            {
                Sleep();
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    /// <summary>Fires what is due.</summary>
    public override void Apply(StoreSession session, StoreEffects effects)
    {
        _next = long.MaxValue;
        Delivery.FireTimers(session, effects, time.GetUtcNow().UtcDateTime);
    }

    public override void Done(Exception? error)
    {
        if (error is not null)
        {
            Schedule(time.GetUtcNow().UtcTicks + TimeSpan.TicksPerSecond);
        }
    }

    private void Wake() => post(this);

    private void Sleep()
    {
        _timer ??= time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var now = time.GetUtcNow().UtcTicks;

        // Timers count whole milliseconds: one that fires a moment early would find nothing to do. What has become due meanwhile
        // must not turn into a negative span, which means never.
        var sleep = new TimeSpan(Math.Clamp(_next - now + TimeSpan.TicksPerMillisecond - 1, 0, LongestSleep.Ticks));
        _timer.Change(sleep, Timeout.InfiniteTimeSpan);
    }

}
