using System.Globalization;
using Microsoft.Azure.Functions.Worker.Local.Timers;

namespace Marketline.Tests.LocalHost.Packages.Worker.Timers;

public sealed class CronScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [TestCase("0 */5 * * * *", "2026-11-21T10:02:00Z", "2026-11-21T10:05:00Z")]
    [TestCase("*/5 * * * *", "2026-11-21T10:05:00Z", "2026-11-21T10:10:00Z")]
    [TestCase("0 30 9 * * Mon-Fri", "2026-11-20T09:30:00Z", "2026-11-23T09:30:00Z")]
    [TestCase("0 0 0 29 2 *", "2026-11-21T00:00:00Z", "2028-02-29T00:00:00Z")]
    public void Next_Utc_IsTheFollowingOccurrence(string expression, string after, string expected)
    {
        var schedule = CronSchedule.TryParse(expression, TimeZoneInfo.Utc)!;

        Assert.That(schedule.Next(At(after)), Is.EqualTo(At(expected)));
    }

    [TestCase("0 30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z", TestName = "Next_SkippedPointInTime_RunsAfterTheJump")]
    [TestCase("0 30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z", TestName = "Next_RepeatedPointInTime_RunsInTheFirstPass")]
    [TestCase("0 30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z", TestName = "Next_RepeatedPointInTime_RunsOnce")]
    [TestCase("0 */30 * * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", TestName = "Next_RepeatedInterval_GoesIntoTheSecondPass")]
    [TestCase("0 */30 * * * *", "2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z", TestName = "Next_RepeatedInterval_GoesOnInTheSecondPass")]
    [TestCase("0 */30 * * * *", "2026-10-25T01:30:00Z", "2026-10-25T02:00:00Z", TestName = "Next_RepeatedInterval_LeavesTheSecondPass")]
    [TestCase("0 0 9 * * *", "2026-07-01T08:00:00Z", "2026-07-02T07:00:00Z", TestName = "Next_OtherZone_ReadsItsClock")]
    public void Next_ClockChanges(string expression, string after, string expected)
    {
        var schedule = CronSchedule.TryParse(expression, Berlin)!;

        Assert.That(schedule.Next(At(after)), Is.EqualTo(At(expected)));
    }

    [Test]
    public void Next_HalfHourlyThroughAYear_IsAlwaysHalfAnHourLater()
    {
        var schedule = CronSchedule.TryParse("0 */30 * * * *", Berlin)!;
        var time = At("2026-01-01T00:00:00Z");
        var gaps = new HashSet<TimeSpan>();

        for (var i = 0; i < 2 * 24 * 365; i++)
        {
            var next = schedule.Next(time);
            gaps.Add(next - time);
            time = next;
        }

        Assert.That(gaps, Is.EqualTo(new[] { TimeSpan.FromMinutes(30) }));
    }

    [TestCase("*/10 * * * * *", true)]
    [TestCase("0,30 * * * * *", true)]
    [TestCase("0 * * * * *", false)]
    [TestCase("* * * * *", false)]
    public void IsSubMinute_MoreThanOnceAMinute(string expression, bool expected)
    {
        var schedule = CronSchedule.TryParse(expression, TimeZoneInfo.Utc)!;

        Assert.That(schedule.IsSubMinute(At("2026-11-21T10:02:03Z")), Is.EqualTo(expected));
    }

    [TestCase("* * * *")]
    [TestCase("61 * * * * *")]
    [TestCase("00:30:00")]
    public void TryParse_NoCronExpression_IsNull(string expression)
    {
        Assert.That(CronSchedule.TryParse(expression, TimeZoneInfo.Utc), Is.Null);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
