using System.Globalization;
using Marketline.Core.Runs;
using Marketline.Core.Schedules;

namespace Marketline.Core.Plans;

/// <summary>What a schedule must be like. Problems are named by the field's place in the plan, such as <c>schedule.cron</c>.</summary>
internal static class PlanScheduleRules
{
    public const int MaxEverySeconds = 365 * 24 * 3600;

    private const int MaxJitterSeconds = 24 * 3600;
    private const int MaxDeadlineSeconds = 30 * 24 * 3600;
    private const int MaxStuckAfterSeconds = 24 * 3600;

    public static void Check(PlanSchedule schedule, DateTimeOffset nowUtc, Dictionary<string, string[]> problems)
    {
        CheckRange(problems, "schedule.jitterSeconds", schedule.JitterSeconds, 0, MaxJitterSeconds);
        CheckRange(problems, "schedule.maxCatchUp", schedule.MaxCatchUp, 1, 100);
        CheckRange(problems, "schedule.deadlineSeconds", schedule.DeadlineSeconds, schedule.JitterSeconds + 1L, MaxDeadlineSeconds);
        CheckRange(problems, "schedule.stuckAfterSeconds", schedule.StuckAfterSeconds, 30, MaxStuckAfterSeconds);
        if (!Enum.IsDefined(schedule.CatchUp))
        {
            problems["schedule.catchUp"] = ["latest, none or all is expected."];
        }

        if (!Enum.IsDefined(schedule.Overlap))
        {
            problems["schedule.overlap"] = ["skip, queue, replace or allow is expected."];
        }
        else if (schedule.CatchUp == CatchUpPolicy.All && schedule.Overlap is OverlapPolicy.Skip or OverlapPolicy.Replace)
        {
            problems["schedule.overlap"] = ["queue or allow is expected: with catchUp 'all' missed slots start one right after the other."];
        }

        if (Timetable.TryCreate(schedule, problems) is { } timetable && timetable.Next(nowUtc) is null)
        {
            problems[schedule.Calendar is null ? "schedule.cron" : "schedule.calendar"] = ["A slot within ten years is expected; there is none."];
        }
    }

    public static void CheckRange(Dictionary<string, string[]> problems, string field, long? value, long min, long max)
    {
        if (value < min || value > max)
        {
            problems[field] = [string.Create(CultureInfo.InvariantCulture, $"{min} to {max} is expected; it is {value}.")];
        }
    }
}
