using NCrontab;

namespace Microsoft.Azure.Functions.Worker.Local.Timers;

/// <summary>
/// A cron expression read on the clock of a time zone. Where that clock goes back, an interval ("every half hour") runs
/// through both passes of the repeated hour, a point in time ("at 01:30") only in the first; where the clock jumps, a
/// skipped point in time runs right after the jump.
/// </summary>
internal sealed class CronSchedule(string expression, CrontabSchedule cron, TimeZoneInfo zone) : TimerSchedule
{
    private readonly bool _isInterval = IsInterval(expression);

    public static CronSchedule? TryParse(string expression, TimeZoneInfo zone)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = fields != 5 };
        return CrontabSchedule.TryParse(expression, options) is { } cron ? new CronSchedule(expression, cron, zone) : null;
    }

    /// <summary>False for a day that never comes, as 30 February.</summary>
    public bool Occurs(DateTimeOffset now) => cron.GetNextOccurrence(now.UtcDateTime) < DateTime.MaxValue.AddDays(-2);

    public override DateTimeOffset Next(DateTimeOffset after)
    {
        var now = TimeZoneInfo.ConvertTime(after, zone);
        for (var local = cron.GetNextOccurrence(now.DateTime); ; local = cron.GetNextOccurrence(local))
        {
            var next = At(local, now);
            if (next > now)
            {
                return next;
            }
        }
    }

    public override bool IsSubMinute(DateTimeOffset now) =>
        cron.GetNextOccurrences(now.UtcDateTime, now.UtcDateTime.AddMinutes(1)).Skip(1).Any();

    public override string ToString() => zone == TimeZoneInfo.Utc ? expression : $"{expression} ({zone.Id})";

    private DateTimeOffset At(DateTime local, DateTimeOffset now)
    {
        if (zone.IsInvalidTime(local))
        {
            return TimeZoneInfo.ConvertTime(new DateTimeOffset(local, now.Offset), zone);
        }

        if (!zone.IsAmbiguousTime(local))
        {
            var plain = new DateTimeOffset(local, zone.GetUtcOffset(local));
            return _isInterval ? EndOfRepeatedHour(local, now) ?? plain : plain;
        }

        var offsets = zone.GetAmbiguousTimeOffsets(local);
        var first = new DateTimeOffset(local, offsets.Max());
        return _isInterval && first <= now ? new DateTimeOffset(local, offsets.Min()) : first;
    }

    /// <summary>An interval that leaves the first pass of the repeated hour goes on in the second.</summary>
    private DateTimeOffset? EndOfRepeatedHour(DateTime local, DateTimeOffset now)
    {
        var inFirstPass = new DateTimeOffset(local, now.Offset);
        var repeated = TimeZoneInfo.ConvertTime(inFirstPass, zone);
        return zone.IsAmbiguousTime(repeated) && repeated > now ? repeated : null;
    }

    /// <summary>As in the real extension: a range, step or star in seconds, minutes or hours.</summary>
    private static bool IsInterval(string expression)
    {
        var fields = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Take(fields.Length == 6 ? 3 : 2).Any(field => field.AsSpan().IndexOfAny("*/-") >= 0);
    }
}
