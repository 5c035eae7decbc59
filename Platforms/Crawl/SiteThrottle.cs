using Marketline.Core.Crawl;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// The running side of <see cref="AutoThrottle"/> for one site: everything that asks the site takes turns here, within the time
/// box. Safe to use from many tasks.
/// </summary>
internal sealed class SiteThrottle(
    SiteThrottleState? state,
    ThrottleSettings settings,
    TimeProvider time,
    DateTimeOffset? deadlineUtc,
    int maxConcurrency = int.MaxValue
) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _places = new(maxConcurrency, maxConcurrency);
    private SiteThrottleState _state = state ?? new SiteThrottleState();
    private TimeSpan? _crawlDelay;
    private volatile bool _isSentAway;

    public SiteThrottleState State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    /// <summary>The site asked for a pause that reaches beyond the time box.</summary>
    public bool IsSentAway => _isSentAway;

    public bool IsTimeUp => time.GetUtcNow() >= deadlineUtc;

    public bool HasNoPauseLeft => State.PauseCount >= settings.MaxPauses;

    /// <summary>Waits until the site may be asked; one waiter at a time, so that a pause holds all of them.</summary>
    /// <returns>False when that is not within the time box.</returns>
    public async ValueTask<bool> WaitTurnAsync(CancellationToken cancellationToken)
    {
        if (TryTakeTurn(out var wait))
        {
            return !IsTimeUp;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            while (!TryTakeTurn(out wait))
            {
                if (!await TryWaitAsync(wait, cancellationToken))
                {
                    return false;
                }
            }

            return !IsTimeUp;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Waits for a place among the requests that the site works on at a time: pages, and the parts that a browser loads.</summary>
    /// <returns>The place; to be disposed once, when the answer is there.</returns>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        return new SemaphorePlace(_places);
    }

    /// <returns>False, at once, when the wait would not end within the time box.</returns>
    public async ValueTask<bool> TryWaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() + wait >= deadlineUtc)
        {
            return false;
        }

        await Task.Delay(wait, time, cancellationToken);
        return true;
    }

    public void Record(Answer answer)
    {
        lock (_lock)
        {
            _state = AutoThrottle.AfterAnswer(_state, settings, answer.Latency, answer is { StatusCode: 200, Failure: null });
            if (answer.RetryAfter is { } pause)
            {
                var until = time.GetUtcNow() + pause;
                _state = AutoThrottle.AfterRetryAfter(_state, until);
                _isSentAway |= until >= deadlineUtc;
            }
        }
    }

    /// <summary>The site's own wish (robots.txt); it only ever lengthens the delay.</summary>
    public void Wish(TimeSpan? crawlDelay)
    {
        lock (_lock)
        {
            _crawlDelay = crawlDelay ?? _crawlDelay;
        }
    }

    public void Change(Func<SiteThrottleState, SiteThrottleState> change)
    {
        lock (_lock)
        {
            _state = change(_state);
        }
    }

    public void Dispose() => _turn.Dispose();

    private bool TryTakeTurn(out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            wait = _state.NextRequestUtc - now;
            if (wait > TimeSpan.Zero)
            {
                return false;
            }

            if (settings.IsPaced)
            {
                _state = AutoThrottle.TakeTurn(_state, settings, _crawlDelay, now);
            }

            return true;
        }
    }
}
