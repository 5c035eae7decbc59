using NCrontab;

namespace Marketline.Core.Schedules;

/// <summary>
/// A cron expression of five or six fields (the first of six: seconds), read on a zone's clock. A local time that the clock
/// skips runs once, right after the jump. Of an hour that comes twice, an expression that repeats (a star, a step or a range
/// in seconds, minutes or hours) runs through both; any other runs in the first.
/// </summary>
internal sealed class CronTimes
{
    private const int MaxLength = 200;

    private readonly CrontabSchedule _cron;
    private readonly ZoneClock _clock;
    private readonly bool _isRepeating;

    private CronTimes(CrontabSchedule cron, ZoneClock clock, bool isRepeating)
    {
        _cron = cron;
        _clock = clock;
        _isRepeating = isRepeating;
    }

    public static CronTimes? TryParse(string expression, ZoneClock clock)
    {
        if (expression.Length > MaxLength)
        {
            return null;
        }

        var fields = expression.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = fields.Length == 6 };
        var cron = CrontabSchedule.TryParse(string.Join(' ', fields), options);
        var isRepeating = fields.SkipLast(3).Any(field => field.AsSpan().IndexOfAny("*/-") >= 0);
        return cron is null ? null : new CronTimes(cron, clock, isRepeating);
    }

    /// <param name="afterUtc">In whole seconds.</param>
    /// <returns>The first time after <paramref name="afterUtc"/>; null when there is none until <paramref name="untilUtc"/>.</returns>
    public DateTime? Next(DateTime afterUtc, DateTime untilUtc)
    {
        var local = _clock.ToLocal(afterUtc);
        var end = _clock.ToLocal(untilUtc);
        var next = Find(local, end);
        if (_clock.OverlapAt(local) is not { } twice)
        {
            return Instant(next);
        }

        if (afterUtc < twice.AtUtc)
        {
            if (next < twice.LocalEnd)
            {
                return next - twice.Before;
            }

            // The first pass is over.
            next = _isRepeating ? Find(twice.LocalStart - OneSecond, end) : next;
        }
        else if (!_isRepeating)
        {
            next = Find(twice.LocalEnd - OneSecond, end);
        }

        return next < twice.LocalEnd ? next - twice.After : Instant(next);
    }

    private static TimeSpan OneSecond => TimeSpan.FromSeconds(1);

    private DateTime? Instant(DateTime? local) => local is { } time ? _clock.ToUtc(time) : null;

    private DateTime? Find(DateTime afterLocal, DateTime endLocal)
    {
        var next = _cron.GetNextOccurrence(afterLocal, endLocal);
        return next < endLocal ? next : null;
    }
}
