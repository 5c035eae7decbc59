namespace Marketline.Core.Crawl;

/// <summary>
/// The rules of politeness, after Scrapy's AutoThrottle
/// (<see href="https://docs.scrapy.org/en/latest/topics/autothrottle.html"/>): the delay moves half-way to the one at which the
/// site would be working on the wanted number of requests at a time. Failures in a row give the site a pause, longer each time.
/// </summary>
public static class AutoThrottle
{
    private const int LongestPauseDoubling = 6;

    public static TimeSpan Delay(SiteThrottleState state, ThrottleSettings settings, TimeSpan? crawlDelay = null)
    {
        if (!settings.IsPaced)
        {
            return TimeSpan.Zero;
        }

        var own = state.DelaySeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : settings.StartDelay;
        return Clamp(crawlDelay > own ? crawlDelay.Value : own, settings);
    }

    /// <summary>Books the next request; it is due at the former <see cref="SiteThrottleState.NextRequestUtc"/> or now.</summary>
    public static SiteThrottleState TakeTurn(
        SiteThrottleState state,
        ThrottleSettings settings,
        TimeSpan? crawlDelay,
        DateTimeOffset nowUtc
    ) => state with { NextRequestUtc = nowUtc + Delay(state, settings, crawlDelay) };

    /// <param name="state">Before the answer.</param>
    /// <param name="settings">The bounds.</param>
    /// <param name="latency">From the request to the head of the answer, or to giving up.</param>
    /// <param name="isOk">Status 200. Any other answer never lowers the delay: errors are often quicker than pages.</param>
    public static SiteThrottleState AfterAnswer(
        SiteThrottleState state,
        ThrottleSettings settings,
        TimeSpan latency,
        bool isOk
    )
    {
        var previous = Delay(state, settings);
        var target = latency / settings.TargetConcurrency;
        var next = Clamp((previous + target) / 2, settings);
        return !settings.IsPaced || (!isOk && next < previous) ? state : state with { DelaySeconds = next.TotalSeconds };
    }

    /// <summary>The site said when to come back (Retry-After); it may only put the next request off.</summary>
    public static SiteThrottleState AfterRetryAfter(SiteThrottleState state, DateTimeOffset untilUtc) =>
        untilUtc > state.NextRequestUtc ? state with { NextRequestUtc = untilUtc } : state;

    public static SiteThrottleState AfterSuccess(SiteThrottleState state) =>
        state is { ConsecutiveFailureCount: 0, PauseCount: 0 }
            ? state
            : state with { ConsecutiveFailureCount = 0, PauseCount = 0 };

    public static SiteThrottleState AfterFailure(SiteThrottleState state) =>
        state with { ConsecutiveFailureCount = state.ConsecutiveFailureCount + 1 };

    /// <summary>Whether the site should be left alone now: after a first pause, one more failure is enough.</summary>
    public static bool NeedsPause(SiteThrottleState state, ThrottleSettings settings) =>
        state.ConsecutiveFailureCount >= (state.PauseCount > 0 ? 1 : settings.FailuresBeforePause);

    /// <summary>Whether it had all its pauses and is not to be waited for any more.</summary>
    public static bool IsGivenUp(SiteThrottleState state, ThrottleSettings settings) =>
        state.PauseCount >= settings.MaxPauses && NeedsPause(state, settings);

    /// <summary>A new batch gives a site that is on pause another try, even one that was given up.</summary>
    public static SiteThrottleState Resume(SiteThrottleState state) =>
        state.PauseCount > 0 ? state with { ConsecutiveFailureCount = 0 } : state;

    public static SiteThrottleState Pause(SiteThrottleState state, ThrottleSettings settings, DateTimeOffset nowUtc)
    {
        var pause = settings.PauseDelay * (1 << Math.Min(state.PauseCount, LongestPauseDoubling));
        var paused = state with { ConsecutiveFailureCount = 0, PauseCount = state.PauseCount + 1 };
        return AfterRetryAfter(paused, nowUtc + pause);
    }

    private static TimeSpan Clamp(TimeSpan delay, ThrottleSettings settings) =>
        delay < settings.DelayFloor ? settings.DelayFloor
        : delay > settings.DelayCeiling ? settings.DelayCeiling
        : delay;
}
