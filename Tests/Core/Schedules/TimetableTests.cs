using System.Diagnostics;
using System.Globalization;
using Marketline.Core.Plans;
using Marketline.Core.Schedules;

namespace Marketline.Tests.Core.Schedules;

/// <summary>Slots on the clocks of real time zones.</summary>
public sealed class TimetableTests
{
    [TestCase("*/15 * * * *", "2026-11-21T03:15:00Z", "2026-11-21T03:30:00Z")]
    [TestCase("30 */15 * * * *", "2026-11-21T03:15:00Z", "2026-11-21T03:15:30Z")]
    [TestCase("0 0 3 * * *", "2026-11-21T03:15:00Z", "2026-11-22T03:00:00Z")]
    [TestCase("* * * * * *", "2026-11-21T03:15:00.7Z", "2026-11-21T03:15:01Z")]
    [TestCase("  0  12\t* * MON-FRI ", "2026-11-20T12:00:00Z", "2026-11-23T12:00:00Z")]
    [TestCase("0 0 29 2 *", "2026-11-21T03:15:00Z", "2028-02-29T00:00:00Z")]
    [TestCase("0 0 13 * FRI", "2026-03-14T00:00:00Z", "2026-11-13T00:00:00Z")]
    public void Next_CronInUtc_IsTheNextSlot(string cron, string after, string expected) =>
        Assert.That(Next(new PlanSchedule { Cron = cron }, after), Is.EqualTo(Utc(expected)));

    // Europe/Berlin: 2026-03-29 02:00 +01:00 -> 03:00 +02:00 (01:00Z); 2026-10-25 03:00 +02:00 -> 02:00 +01:00 (01:00Z).
    [TestCase("Europe/Berlin", "30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00Z 2026-03-30T00:30Z", TestName = "spring, skipped: once, right after the jump")]
    [TestCase("Europe/Berlin", "0,20,40 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00Z 2026-03-30T00:00Z", TestName = "spring, several skipped: once")]
    [TestCase("Europe/Berlin", "0 3 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00Z 2026-03-30T01:00Z", TestName = "spring, first hour after")]
    [TestCase("Europe/Berlin", "*/30 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T00:30Z 2026-03-29T01:00Z 2026-03-29T01:30Z", TestName = "spring, repeating: every half hour goes on")]
    [TestCase("Europe/Berlin", "30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30Z 2026-10-26T01:30Z", TestName = "autumn, fixed: the first time only")]
    [TestCase("Europe/Berlin", "30 2 * * *", "2026-10-25T01:10:00Z", "2026-10-26T01:30Z", TestName = "autumn, fixed, looked at in the second pass")]
    [TestCase("Europe/Berlin", "30 1,2,3 * * *", "2026-10-25T00:30:00Z", "2026-10-25T02:30Z", TestName = "autumn, fixed list: behind the second pass")]
    [TestCase("Europe/Berlin", "*/30 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T00:30Z 2026-10-25T01:00Z 2026-10-25T01:30Z 2026-10-25T02:00Z", TestName = "autumn, repeating: both passes")]
    [TestCase("Europe/Berlin", "15 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T00:15Z 2026-10-25T01:15Z 2026-10-25T02:15Z", TestName = "autumn, hourly: both passes")]
    [TestCase("Europe/Berlin", "0 2-3 * * *", "2026-10-24T23:30:00Z", "2026-10-25T00:00Z 2026-10-25T01:00Z 2026-10-25T02:00Z 2026-10-26T01:00Z", TestName = "autumn, range of hours: both passes")]
    [TestCase("Europe/Berlin", "*/20 30 2 * * *", "2026-10-25T00:30:30Z", "2026-10-25T00:30:40Z 2026-10-25T01:30Z 2026-10-25T01:30:20Z", TestName = "autumn, repeating seconds: both passes")]
    // America/New_York: 2026-03-08 02:00 -05:00 (07:00Z); 2026-11-01 02:00 -04:00 -> 01:00 -05:00 (06:00Z).
    [TestCase("America/New_York", "30 2 * * *", "2026-03-07T12:00:00Z", "2026-03-08T07:00Z 2026-03-09T06:30Z", TestName = "New York, spring")]
    [TestCase("America/New_York", "30 1 * * *", "2026-10-31T12:00:00Z", "2026-11-01T05:30Z 2026-11-02T06:30Z", TestName = "New York, autumn, fixed")]
    [TestCase("America/New_York", "*/30 1 * * *", "2026-11-01T04:00:00Z", "2026-11-01T05:00Z 2026-11-01T05:30Z 2026-11-01T06:00Z 2026-11-01T06:30Z 2026-11-02T06:00Z", TestName = "New York, autumn, repeating")]
    // Australia/Lord_Howe moves by half an hour: 2026-10-04 02:00 +10:30 -> 02:30 +11 (10-03 15:30Z); 2026-04-05 02:00 +11 -> 01:30 +10:30 (04-04 15:00Z).
    [TestCase("Australia/Lord_Howe", "15 2 * * *", "2026-10-03T00:00:00Z", "2026-10-03T15:30Z 2026-10-04T15:15Z", TestName = "Lord Howe, half an hour skipped")]
    [TestCase("Australia/Lord_Howe", "45 2 * * *", "2026-10-03T00:00:00Z", "2026-10-03T15:45Z 2026-10-04T15:45Z", TestName = "Lord Howe, behind the half hour")]
    [TestCase("Australia/Lord_Howe", "45 1 * * *", "2026-04-04T00:00:00Z", "2026-04-04T14:45Z 2026-04-05T15:15Z", TestName = "Lord Howe, half an hour twice, fixed")]
    [TestCase("Australia/Lord_Howe", "*/15 * * * *", "2026-04-04T14:30:00Z", "2026-04-04T14:45Z 2026-04-04T15:00Z 2026-04-04T15:15Z 2026-04-04T15:30Z", TestName = "Lord Howe, half an hour twice, repeating")]
    // Clocks that move at midnight. Havana: 2026-03-08 00:00 -05:00 -> 01:00 -04:00 (05:00Z); 2026-11-01 01:00 -04:00 -> 00:00 -05:00 (05:00Z).
    [TestCase("America/Havana", "0 0 * * *", "2026-03-07T12:00:00Z", "2026-03-08T05:00Z 2026-03-09T04:00Z", TestName = "Havana, midnight is skipped")]
    [TestCase("America/Havana", "30 0 * * *", "2026-10-31T12:00:00Z", "2026-11-01T04:30Z 2026-11-02T05:30Z", TestName = "Havana, midnight comes twice, fixed")]
    [TestCase("America/Havana", "*/30 * * * *", "2026-11-01T04:00:00Z", "2026-11-01T04:30Z 2026-11-01T05:00Z 2026-11-01T05:30Z 2026-11-01T06:00Z", TestName = "Havana, midnight comes twice, repeating")]
    // Sao Paulo, until 2019: 2018-11-04 00:00 -03:00 -> 01:00 -02:00 (03:00Z); 2018-02-18 00:00 -02:00 -> 02-17 23:00 -03:00 (02:00Z).
    [TestCase("America/Sao_Paulo", "0 0 * * *", "2018-11-03T12:00:00Z", "2018-11-04T03:00Z 2018-11-05T02:00Z", TestName = "Sao Paulo 2018, midnight is skipped")]
    [TestCase("America/Sao_Paulo", "30 23 * * *", "2018-02-17T12:00:00Z", "2018-02-18T01:30Z 2018-02-19T02:30Z", TestName = "Sao Paulo 2018, the last hour of a day twice")]
    [TestCase("America/Sao_Paulo", "0 0 * * *", "2026-11-03T12:00:00Z", "2026-11-04T03:00Z 2026-11-05T03:00Z", TestName = "Sao Paulo today, no such moves")]
    // No daylight saving time; an offset of 45 minutes; one that is lower in summer.
    [TestCase("Asia/Kolkata", "0 9 * * *", "2026-03-28T12:00:00Z", "2026-03-29T03:30Z 2026-03-30T03:30Z", TestName = "Kolkata")]
    [TestCase("Asia/Kathmandu", "0 0 * * *", "2026-03-28T12:00:00Z", "2026-03-28T18:15Z 2026-03-29T18:15Z", TestName = "Kathmandu")]
    [TestCase("Europe/Dublin", "30 1 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00Z 2026-03-30T00:30Z", TestName = "Dublin, spring")]
    [TestCase("Africa/Casablanca", "30 2 * * *", "2026-03-21T12:00:00Z", "2026-03-22T02:00Z 2026-03-23T01:30Z", TestName = "Casablanca, end of Ramadan")]
    [TestCase("Antarctica/Troll", "30 1 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00Z 2026-03-29T23:30Z", TestName = "Troll, two hours")]
    [TestCase("Pacific/Apia", "0 12 * * *", "2011-12-29T20:00:00Z", "2011-12-29T22:00Z 2011-12-30T10:00Z 2011-12-30T22:00Z", TestName = "Apia 2011, a day is skipped")]
    public void Next_OnAZonesClock_FollowsTheRule(string zone, string cron, string after, string expected)
    {
        var timetable = Timetable.Of(new PlanSchedule { Cron = cron, TimeZone = zone });

        var slots = expected.Split(' ').Select(Utc).ToList();

        Assert.That(Slots(timetable, Utc(after)).Take(slots.Count), Is.EqualTo(slots));
    }

    [TestCase(1, "2026-11-21T03:15:00Z", "2026-11-21T03:15:01Z")]
    [TestCase(1, "2026-11-21T03:15:00.999Z", "2026-11-21T03:15:01Z")]
    [TestCase(7, "1970-01-01T00:00:00Z", "1970-01-01T00:00:07Z")]
    [TestCase(900, "2026-11-21T03:15:00Z", "2026-11-21T03:30:00Z")]
    [TestCase(86_400, "2026-11-21T03:15:00Z", "2026-11-22T00:00:00Z")]
    public void Next_Interval_IsCountedFrom1970(int everySeconds, string after, string expected) =>
        Assert.That(Next(new PlanSchedule { EverySeconds = everySeconds }, after), Is.EqualTo(Utc(expected)));

    // 2026-11-20 is a Friday.
    [TestCase("{\"days\":[\"monday\",\"tue\",\"Wednesday\"]}", "2026-11-20T12:00:00Z", "2026-11-22T23:00:00Z")]
    [TestCase("{\"from\":\"09:00\",\"to\":\"17:00\"}", "2026-11-20T15:59:59Z", "2026-11-21T08:00:00Z")]
    [TestCase("{\"from\":\"22:00\",\"to\":\"06:00\",\"days\":[\"friday\"]}", "2026-11-20T12:00:00Z", "2026-11-20T21:00:00Z")]
    [TestCase("{\"from\":\"22:00\",\"to\":\"06:00\",\"days\":[\"friday\"]}", "2026-11-21T04:59:59Z", "2026-11-27T21:00:00Z")]
    [TestCase("{\"from\":\"18:00\"}", "2026-11-20T23:00:00Z", "2026-11-21T17:00:00Z")]
    [TestCase("{\"to\":\"01:00\"}", "2026-11-20T12:00:00Z", "2026-11-20T23:00:00Z")]
    [TestCase("{\"to\":\"24:00\",\"days\":[\"sunday\"]}", "2026-11-20T12:00:00Z", "2026-11-21T23:00:00Z")]
    [TestCase("{\"days\":[\"friday\"],\"holidays\":[\"2026-11-20\",\"2026-11-27\"]}", "2026-11-20T12:00:00Z", "2026-12-03T23:00:00Z")]
    public void Next_OutsideTheCalendar_IsWhenItOpens(string calendar, string after, string expected)
    {
        var hours = System.Text.Json.JsonSerializer.Deserialize<PlanCalendar>(calendar, Marketline.Core.Json.JsonFormat.Options);

        var next = Next(new PlanSchedule { Cron = "* * * * * *", TimeZone = "Europe/Berlin", Calendar = hours }, after);

        Assert.That(next, Is.EqualTo(Utc(expected)));
    }

    [Test]
    public void Next_BusinessHoursInTheHourThatComesTwice_TakesBothPasses()
    {
        var hours = new PlanCalendar { From = "02:00", To = "03:00", Days = ["sunday"] };
        var timetable = Timetable.Of(new PlanSchedule { EverySeconds = 1_800, TimeZone = "Europe/Berlin", Calendar = hours });

        var slots = Slots(timetable, Utc("2026-10-24T12:00:00Z")).Take(5);

        Assert.That(slots, Is.EqualTo("2026-10-25T00:00Z 2026-10-25T00:30Z 2026-10-25T01:00Z 2026-10-25T01:30Z 2026-11-01T01:00Z".Split(' ').Select(Utc)));
    }

    [TestCase("0 0 30 2 *", null)]
    [TestCase("0 3 * * *", "09:00")]
    [TestCase("* * 3 * * *", "09:00")]
    public void Next_NeverComes_IsNullAndSoon(string cron, string? from)
    {
        var calendar = from is null ? null : new PlanCalendar { From = from, To = "17:00" };
        var timetable = Timetable.Of(new PlanSchedule { Cron = cron, TimeZone = "Europe/Berlin", Calendar = calendar });

        var begun = Stopwatch.GetTimestamp();
        var next = timetable.Next(Utc("2026-11-21T03:15:00Z"));

        Assert.That(next, Is.Null);
        Assert.That(Stopwatch.GetElapsedTime(begun), Is.LessThan(TimeSpan.FromSeconds(5)), "an endless search would take for ever");
    }

    [Test]
    public void LastUpTo_ManySlotsLie_IsTheLast()
    {
        var hours = new PlanCalendar { From = "09:00", To = "17:00", Days = ["mon", "tue", "wed", "thu", "fri"] };
        var timetable = Timetable.Of(new PlanSchedule { EverySeconds = 1, TimeZone = "Europe/Berlin", Calendar = hours });

        var last = timetable.LastUpTo(Utc("2026-01-05T08:00:00Z"), Utc("2026-11-21T03:15:00Z"));

        Assert.That(last, Is.EqualTo(Utc("2026-11-20T15:59:59Z")));
    }

    [Test]
    public void StartOf_Jitter_SpreadsPlansAndIsTheSameEachTime()
    {
        var timetable = Timetable.Of(new PlanSchedule { Cron = "0 * * * *", JitterSeconds = 600 });
        var slot = Utc("2026-11-21T03:00:00Z");

        var delays = Enumerable.Range(0, 1_000).Select(plan => (timetable.StartOf(slot, $"plan{plan}") - slot).TotalSeconds).ToList();

        Assert.That(delays, Is.All.InRange(0, 600));
        Assert.That(delays.Distinct().Count(), Is.GreaterThan(400));
        Assert.That(delays, Is.EqualTo(Enumerable.Range(0, 1_000).Select(plan => (timetable.StartOf(slot, $"plan{plan}") - slot).TotalSeconds)));
    }

    private static DateTimeOffset? Next(PlanSchedule schedule, string after) => Timetable.Of(schedule).Next(Utc(after));

    private static IEnumerable<DateTimeOffset> Slots(Timetable timetable, DateTimeOffset after)
    {
        for (var next = timetable.Next(after); next is not null; next = timetable.Next(next.Value))
        {
            yield return next.Value;
        }
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
