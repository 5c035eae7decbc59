using System.Collections.Frozen;
using System.Globalization;
using Marketline.Core.Plans;

namespace Marketline.Core.Schedules;

/// <summary>
/// A calendar on a zone's clock. Hours over midnight belong to the day on which they begin: those of a Friday end on Saturday.
/// </summary>
internal sealed class OpenHours
{
    private const int MaxHolidayCount = 1_000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly FrozenSet<DayOfWeek> _days;
    private readonly FrozenSet<DateOnly> _holidays;
    private readonly TimeSpan _from;

    /// <summary>From the beginning of the day; above 24 h for hours over midnight.</summary>
    private readonly TimeSpan _to;

    private OpenHours(FrozenSet<DayOfWeek> days, FrozenSet<DateOnly> holidays, TimeSpan from, TimeSpan to)
    {
        _days = days;
        _holidays = holidays;
        _from = from;
        _to = to <= from ? to + Day : to;
    }

    /// <returns>Null, and problems by field, for a calendar that can not be read.</returns>
    public static OpenHours? TryParse(PlanCalendar calendar, Dictionary<string, string[]> problems)
    {
        var problemCount = problems.Count;
        var days = Days(calendar.Days, problems);
        var from = Time(calendar.From, TimeSpan.Zero, "schedule.calendar.from", problems);
        var to = Time(calendar.To, Day, "schedule.calendar.to", problems);
        if (problems.Count == problemCount && (from == to || from == Day))
        {
            problems["schedule.calendar.from"] = ["A time before 24:00 is expected, other than that of 'to'."];
        }

        var holidays = Holidays(calendar.Holidays ?? [], problems);
        return problems.Count == problemCount ? new OpenHours(days, holidays, from, to) : null;
    }

    public bool IsOpen(DateTime local) => IsOpenOn(local.Date, local) || IsOpenOn(local.Date - Day, local);

    /// <returns>The earliest local time from <paramref name="local"/> on at which it is open; null if there is none before the end.</returns>
    public DateTime? NextOpening(DateTime local, DateTime endLocal)
    {
        for (var day = local.Date - Day; day < endLocal; day += Day)
        {
            if (IsDay(day) && day + _to > local)
            {
                var opening = day + _from;
                return opening > local ? opening : local;
            }
        }

        return null;
    }

    private bool IsOpenOn(DateTime day, DateTime local) => local >= day + _from && local < day + _to && IsDay(day);

    private bool IsDay(DateTime day) => _days.Contains(day.DayOfWeek) && !_holidays.Contains(DateOnly.FromDateTime(day));

    private static FrozenSet<DayOfWeek> Days(IReadOnlyList<string>? names, Dictionary<string, string[]> problems)
    {
        if (names is null)
        {
            return Enum.GetValues<DayOfWeek>().ToFrozenSet();
        }

        if (names.Count is 0 or > 7)
        {
            problems["schedule.calendar.days"] = ["1 to 7 days are expected, or none of the field for every day."];
        }

        var days = new HashSet<DayOfWeek>();
        for (var i = 0; i < Math.Min(names.Count, 7); i++)
        {
            if (Array.FindIndex(Enum.GetNames<DayOfWeek>(), name => IsName(name, names[i])) is >= 0 and var index)
            {
                days.Add((DayOfWeek)index);
            }
            else
            {
                problems[Field($"schedule.calendar.days[{i}]")] = ["A day is expected: monday to sunday, or mon to sun."];
            }
        }

        return days.ToFrozenSet();
    }

    private static bool IsName(string day, string? text) =>
        day.Equals(text, StringComparison.OrdinalIgnoreCase) || day[..3].Equals(text, StringComparison.OrdinalIgnoreCase);

    private static TimeSpan Time(string? text, TimeSpan missing, string field, Dictionary<string, string[]> problems)
    {
        if (text is null)
        {
            return missing;
        }

        if (text == "24:00")
        {
            return Day;
        }

        if (!TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            problems[field] = ["A time is expected, such as 09:00 or 24:00."];
        }

        return time.ToTimeSpan();
    }

    private static FrozenSet<DateOnly> Holidays(IReadOnlyList<string> texts, Dictionary<string, string[]> problems)
    {
        if (texts.Count > MaxHolidayCount)
        {
            problems["schedule.calendar.holidays"] = [Field($"At most {MaxHolidayCount} are expected; there are {texts.Count}.")];
            return [];
        }

        var dates = new HashSet<DateOnly>();
        for (var i = 0; i < texts.Count; i++)
        {
            if (!DateOnly.TryParseExact(texts[i], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                problems[Field($"schedule.calendar.holidays[{i}]")] = ["A date is expected, such as 2026-12-25."];
            }

            dates.Add(date);
        }

        return dates.ToFrozenSet();
    }

    private static string Field(FormattableString name) => name.ToString(CultureInfo.InvariantCulture);
}
