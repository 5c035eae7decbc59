namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>Decides at start whether a run was missed while the host was down.</summary>
internal static class TimerMonitor
{
    /// <summary>
    /// A changed schedule begins anew: it is never past due for an occurrence that the old one did not have.
    /// </summary>
    public static TimerState Recall(TimerState? stored, TimerSchedule schedule, DateTimeOffset now)
    {
        if (stored is null)
        {
            return new TimerState(null, schedule.Next(now), now);
        }

        var since = stored.Last ?? stored.LastUpdated;
        var expected = schedule.Next(since);
        if (expected == stored.Next)
        {
            return stored;
        }

        return now > expected ? new TimerState(null, schedule.Next(now), now) : new TimerState(null, expected, since);
    }
}
