using Marketline.Storage.Tables;

namespace Marketline.Functions.Http.RateLimits;

/// <summary>What this worker has of a tenant's current minute.</summary>
internal sealed class RequestWindow
{
    private readonly Lock _lock = new();
    private long _minute;
    private long _own;
    private long _others;
    private bool _isEmpty;

    /// <summary>Held by the one who fetches the next portion.</summary>
    public SemaphoreSlim Refill { get; } = new(1);

    /// <param name="left">What is left after it, as far as is known.</param>
    public bool TryTake(long minute, out long left)
    {
        lock (_lock)
        {
            Turn(minute);
            var isTaken = _own > 0;
            _own -= isTaken ? 1 : 0;
            left = _own + _others;
            return isTaken;
        }
    }

    /// <summary>Whether the last fetch found nothing left in this minute.</summary>
    public bool IsEmpty(long minute)
    {
        lock (_lock)
        {
            Turn(minute);
            return _isEmpty;
        }
    }

    public void Add(long minute, CounterTake portion)
    {
        lock (_lock)
        {
            Turn(minute);
            _own += portion.Taken;
            _others = portion.Left;
            _isEmpty = portion.Taken == 0;
        }
    }

    /// <summary>
    /// A request that was a moment under way does not turn the window back: at each turn what was fetched for the new minute
    /// would be lost. Only a clock that was set back does.
    /// </summary>
    private void Turn(long minute)
    {
        if (minute > _minute || minute < _minute - 1)
        {
            (_minute, _own, _others, _isEmpty) = (minute, 0, 0, false);
        }
    }
}
