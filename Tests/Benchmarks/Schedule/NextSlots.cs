using System.Diagnostics;
using Marketline.Core.Plans;
using Marketline.Core.Schedules;

namespace Marketline.Benchmarks.Schedule;

/// <summary>How long it takes to find a plan's next slot, from the record on.</summary>
internal static class NextSlots
{
    private const int Count = 200;

    private static readonly PlanCalendar Exchange = new() { Days = ["mon", "tue", "wed", "thu", "fri"], From = "09:30", To = "16:00" };

    public static void Measure(BenchmarkReport report)
    {
        report.AtMost("next slot of '*/15 * * * *' in Berlin", Microseconds(new() { Cron = "*/15 * * * *", TimeZone = "Europe/Berlin" }), "µs", 1_000);
        report.AtMost("of '0 0 29 2 *' in Berlin", Microseconds(new() { Cron = "0 0 29 2 *", TimeZone = "Europe/Berlin" }), "µs", 1_000);
        report.AtMost("of each second of an exchange's hours", Microseconds(new() { EverySeconds = 1, TimeZone = "America/New_York", Calendar = Exchange }), "µs", 1_000);
        report.Yardstick("until it is known that there is none", Microseconds(new() { Cron = "0 3 * * *", TimeZone = "America/New_York", Calendar = Exchange }), "µs");
    }

    /// <summary>The mean over moments that lie 13 hours apart.</summary>
    private static double Microseconds(PlanSchedule schedule)
    {
        var utc = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Timetable.Of(schedule).Next(utc);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < Count; i++)
        {
            Timetable.Of(schedule).Next(utc.AddHours(13 * i));
        }

        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / Count;
    }
}
