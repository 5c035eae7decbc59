namespace Marketline.Core.Crawl;

/// <summary>The bounds within which <see cref="AutoThrottle"/> works.</summary>
public sealed record ThrottleSettings(
    TimeSpan StartDelay,
    TimeSpan DelayFloor,
    TimeSpan DelayCeiling,
    double TargetConcurrency,
    int FailuresBeforePause,
    TimeSpan PauseDelay,
    int MaxPauses
)
{
    /// <summary>A floor of zero is for one's own sites: there is no delay at all then.</summary>
    public bool IsPaced => DelayFloor > TimeSpan.Zero;
}
