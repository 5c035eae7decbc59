using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marketline.Core.Plans;

namespace Marketline.Core.Schedules;

/// <summary>
/// A plan's schedule as instants. The same schedule gives the same slots, in whole seconds, on every worker and at every time.
/// </summary>
public sealed class Timetable
{
    /// <summary>Beyond it a schedule counts as one that never comes; 29 February comes within eight years.</summary>
    private const int HorizonYears = 10;

    private readonly ZoneClock _clock;
    private readonly CronTimes? _cron;
    private readonly long _everySeconds;
    private readonly OpenHours? _hours;
    private readonly int _jitterSeconds;

    private Timetable(PlanSchedule schedule, ZoneClock clock, CronTimes? cron, OpenHours? hours)
    {
        _clock = clock;
        _cron = cron;
        _everySeconds = schedule.EverySeconds ?? 0;
        _hours = hours;
        _jitterSeconds = schedule.JitterSeconds;
    }

    /// <exception cref="FormatException">The schedule breaks <see cref="PlanScheduleRules"/>.</exception>
    public static Timetable Of(PlanSchedule schedule)
    {
        var problems = new Dictionary<string, string[]>();
        return TryCreate(schedule, problems)
            ?? throw new FormatException(string.Join(' ', problems.Select(problem => $"{problem.Key}: {problem.Value[0]}")));
    }

    /// <summary>The first slot after <paramref name="utc"/>; null when none comes within ten years.</summary>
    public DateTimeOffset? Next(DateTimeOffset utc)
    {
        var after = utc.UtcDateTime.AddTicks(-(utc.UtcTicks % TimeSpan.TicksPerSecond));
        var until = after.AddYears(HorizonYears);
        while (NextOfAnyDay(after, until) is { } slot)
        {
            if (_hours is null || _hours.IsOpen(_clock.ToLocal(slot)))
            {
                return slot;
            }

            if (_hours.NextOpening(_clock.ToLocal(slot), _clock.ToLocal(until)) is not { } opening)
            {
                return null;
            }

            // An hour that comes twice opens in its first pass, which may be over.
            var before = _clock.ToUtc(opening).AddSeconds(-1);
            after = before > slot ? before : slot;
        }

        return null;
    }

    /// <summary>
    /// When a slot's run starts: up to the schedule's jitter later, as much for each slot of each plan as its hash says, and
    /// always before the next slot.
    /// </summary>
    /// <param name="plan">What tells the plan from all others.</param>
    public DateTimeOffset StartOf(DateTimeOffset slotUtc, string plan)
    {
        if (_jitterSeconds == 0)
        {
            return slotUtc;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{plan}-{slotUtc.ToUnixTimeSeconds()}");
        var hash = BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var delay = hash % ((long)_jitterSeconds + 1);
        var longest = Next(slotUtc) is { } next ? (long)(next - slotUtc).TotalSeconds - 1 : delay;
        return slotUtc.AddSeconds(Math.Min(delay, longest));
    }

    /// <summary>The last slot from <paramref name="slotUtc"/> (which is one) up to <paramref name="utc"/>, found by halving.</summary>
    public DateTimeOffset LastUpTo(DateTimeOffset slotUtc, DateTimeOffset utc)
    {
        if (Next(slotUtc) is not { } next || next > utc)
        {
            return slotUtc;
        }

        // A slot comes after 'low' up to utc; none comes after 'high'.
        var (low, high) = (slotUtc.ToUnixTimeSeconds(), utc.ToUnixTimeSeconds());
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Next(DateTimeOffset.FromUnixTimeSeconds(middle)) <= utc ? (middle, high) : (low, middle);
        }

        return Next(DateTimeOffset.FromUnixTimeSeconds(low))!.Value;
    }

    /// <returns>Null, and problems by field, for a schedule that can not be read.</returns>
    internal static Timetable? TryCreate(PlanSchedule schedule, Dictionary<string, string[]> problems)
    {
        var problemCount = problems.Count;
        if (!ZoneClock.TryFind(schedule.TimeZone, out var clock))
        {
            problems["schedule.timeZone"] = ["The IANA name of a time zone is expected, such as Europe/Berlin."];
        }

        if (schedule.Cron is null == schedule.EverySeconds is null)
        {
            problems["schedule"] = ["Either cron or everySeconds is expected."];
        }

        var cron = schedule.Cron is null ? null : CronTimes.TryParse(schedule.Cron, clock ?? ZoneClock.Utc);
        if (schedule.Cron is not null && cron is null)
        {
            problems["schedule.cron"] = ["Five or six cron fields are expected, such as '0 */15 * * * *' for every quarter of an hour."];
        }

        PlanScheduleRules.CheckRange(problems, "schedule.everySeconds", schedule.EverySeconds, 1, PlanScheduleRules.MaxEverySeconds);
        var hours = schedule.Calendar is null ? null : OpenHours.TryParse(schedule.Calendar, problems);
        return problems.Count == problemCount ? new Timetable(schedule, clock!, cron, hours) : null;
    }

    private DateTime? NextOfAnyDay(DateTime afterUtc, DateTime untilUtc)
    {
        if (_cron is not null)
        {
            return _cron.Next(afterUtc, untilUtc);
        }

        // Counted from 1970, so that the slots are the same on every worker.
        var after = new DateTimeOffset(afterUtc).ToUnixTimeSeconds();
        var next = DateTimeOffset.FromUnixTimeSeconds(((after / _everySeconds) + 1) * _everySeconds).UtcDateTime;
        return next < untilUtc ? next : null;
    }
}
