namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>What is remembered of a timer over restarts.</summary>
/// <param name="Last">The last run, null before the first.</param>
/// <param name="Next">When it is due.</param>
/// <param name="LastUpdated">What <paramref name="Next"/> was computed from.</param>
internal sealed record TimerState(DateTimeOffset? Last, DateTimeOffset Next, DateTimeOffset LastUpdated)
{
    public ScheduleStatus AsStatus(TimeZoneInfo zone) => new()
    {
        Last = Last is { } last ? OnClock(last, zone) : default,
        Next = OnClock(Next, zone),
        LastUpdated = OnClock(LastUpdated, zone),
    };

    private static DateTime OnClock(DateTimeOffset instant, TimeZoneInfo zone) =>
        zone == TimeZoneInfo.Utc ? instant.UtcDateTime : TimeZoneInfo.ConvertTime(instant, zone).DateTime;
}
