using NCrontab;

namespace Marketline.Core.Plans;

/// <summary>When a plan runs: an NCrontab expression of five or six fields (the first of six: seconds), in UTC.</summary>
public sealed class PlanSchedule
{
    private readonly CrontabSchedule _schedule;

    private PlanSchedule(CrontabSchedule schedule) => _schedule = schedule;

    public static PlanSchedule? TryParse(string expression)
    {
        var hasSeconds = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 6;
        var options = new CrontabSchedule.ParseOptions { IncludingSeconds = hasSeconds };
        var schedule = CrontabSchedule.TryParse(expression, options);
        return schedule is null ? null : new PlanSchedule(schedule);
    }

    /// <summary>The first slot after <paramref name="utc"/>.</summary>
    public DateTimeOffset Next(DateTimeOffset utc) =>
        new(_schedule.GetNextOccurrence(DateTime.SpecifyKind(utc.UtcDateTime, DateTimeKind.Unspecified)), TimeSpan.Zero);
}
