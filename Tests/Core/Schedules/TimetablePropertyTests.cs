using FsCheck;
using FsCheck.Fluent;
using Marketline.Core.Plans;
using Marketline.Core.Schedules;

namespace Marketline.Tests.Core.Schedules;

/// <summary>What holds of every schedule at every time.</summary>
public sealed class TimetablePropertyTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(20_260_101UL, 4_711UL);

    private static readonly string[] Zones =
    [
        "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Havana", "America/Santiago", "Asia/Kolkata",
        "Africa/Casablanca", "Antarctica/Troll", "Pacific/Chatham", "America/St_Johns", "Asia/Gaza",
    ];

    private static readonly string[] Crons =
    [
        "* * * * * *", "*/7 * * * * *", "* * * * *", "*/15 * * * *", "30 2 * * *", "0 0 * * *", "45 1 * * *", "0 2-3 * * *", "15 1,2,3 * * *",
        "0 0 1 * *", "0 12 * * MON-FRI", "30 1 29 2 *", "0 0 13 * FRI", "*/10 0-2 * 3,4,10,11 SUN",
    ];

    private static readonly PlanCalendar?[] Calendars =
    [
        null,
        new PlanCalendar { Days = ["mon", "tue", "wed", "thu", "fri"] },
        new PlanCalendar { From = "09:00", To = "17:30", Holidays = ["2026-12-25", "2027-01-01"] },
        new PlanCalendar { From = "22:00", To = "03:00", Days = ["sat", "sun"] },
    ];

    /// <summary>Any second of the years 2020 to 2036, often near a change of the clocks in autumn or spring.</summary>
    private static readonly Gen<DateTimeOffset> Times = Gen.OneOf(
        Gen.Choose(1_577_836_800, 2_082_758_400).Select(second => DateTimeOffset.FromUnixTimeSeconds(second)),
        from year in Gen.Choose(2020, 2036)
        from day in Gen.Elements(new DateTime(1, 3, 8), new DateTime(1, 3, 29), new DateTime(1, 4, 5), new DateTime(1, 10, 4), new DateTime(1, 10, 25), new DateTime(1, 11, 1))
        from second in Gen.Choose(-10 * 86_400, 10 * 86_400)
        select new DateTimeOffset(year, day.Month, day.Day, 0, 0, 0, TimeSpan.Zero).AddSeconds(second)
    );

    private static readonly Gen<PlanSchedule> Schedules =
        from zone in Gen.Elements(Zones)
        from calendar in Gen.Elements(Calendars)
        from jitter in Gen.Elements(0, 10, 5_000)
        from cron in Gen.Elements<string?>([.. Crons, null])
        from every in Gen.Elements(1, 10, 600, 5_400, 86_400)
        select new PlanSchedule { Cron = cron, EverySeconds = cron is null ? every : null, TimeZone = zone, Calendar = calendar, JitterSeconds = jitter };

    private static readonly Arbitrary<(PlanSchedule Schedule, DateTimeOffset At)> Cases =
        (from schedule in Schedules from at in Times select (schedule, at)).ToArbitrary();

    [Test]
    public void Next_AnySchedule_IsAheadAndNothingLiesBetween() =>
        Check(
            (timetable, at) =>
            {
                if (timetable.Next(at) is not { } next)
                {
                    return true;
                }

                var between = at + ((next - at) / 2);
                return next > at && next.Ticks % TimeSpan.TicksPerSecond == 0 && timetable.Next(between) == next && timetable.Next(next.AddSeconds(-1)) == next;
            }
        );

    [Test]
    public void Next_OneAfterTheOther_OnlyGrows() =>
        Check(
            (timetable, at) =>
            {
                var slots = Slots(timetable, at).Take(50).ToList();
                return slots.Zip(slots.Skip(1)).All(pair => pair.First < pair.Second);
            }
        );

    [Test]
    public void Next_WithACalendar_IsWithinIt() =>
        CheckSchedules(
            (schedule, at) =>
            {
                if (schedule.Calendar is not { } calendar || Timetable.Of(schedule).Next(at) is not { } next)
                {
                    return true;
                }

                var zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone!);
                var local = TimeZoneInfo.ConvertTime(next, zone).DateTime;
                // Hours over midnight belong to the day on which they begin.
                var day = calendar.To == "03:00" && local.Hour < 3 ? local.AddDays(-1) : local;
                var isDay = calendar.Days?.Contains(day.DayOfWeek.ToString()[..3].ToLowerInvariant()) != false;
                var isHour = calendar.To switch
                {
                    "17:30" => local.TimeOfDay >= TimeSpan.FromHours(9) && local.TimeOfDay < TimeSpan.FromHours(17.5),
                    "03:00" => local.Hour is >= 22 or < 3,
                    _ => true,
                };
                return isDay && isHour && calendar.Holidays?.Contains($"{local:yyyy-MM-dd}") != true;
            }
        );

    [Test]
    public void StartOf_SlotsInARow_NeverOvertake() =>
        CheckSchedules(
            (schedule, at) =>
            {
                var timetable = Timetable.Of(schedule);
                var slots = Slots(timetable, at).Take(20).ToList();
                return slots.Zip(slots.Skip(1)).All(pair =>
                {
                    var start = timetable.StartOf(pair.First, "plan");
                    return start >= pair.First && start < pair.Second && (start - pair.First).TotalSeconds <= schedule.JitterSeconds;
                });
            }
        );

    [Test]
    public void LastUpTo_AnyTime_IsTheLastOfThem() =>
        Check(
            (timetable, at) =>
            {
                var slots = Slots(timetable, at).Take(30).ToList();
                return slots.Count < 2 || timetable.LastUpTo(slots[0], slots[^1].AddSeconds(-1)) == slots[^2];
            }
        );

    /// <summary>An expression that does not repeat runs once on each day of its clock; the local clock of a slot says so, or a jump does.</summary>
    [Test]
    public void Next_FixedTime_ComesOnceADay() =>
        Assert.DoesNotThrow(() =>
            Prop.ForAll(
                (from zone in Gen.Elements(Zones) from cron in Gen.Elements("30 2 * * *", "0 0 * * *", "45 1 * * *") from at in Times select (zone, cron, at)).ToArbitrary(),
                item =>
                {
                    var zone = TimeZoneInfo.FindSystemTimeZoneById(item.zone);
                    var slots = Slots(Timetable.Of(new PlanSchedule { Cron = item.cron, TimeZone = item.zone }), item.at).Take(20);
                    var days = slots.Select(slot => TimeZoneInfo.ConvertTime(slot, zone).Date).ToList();
                    return days.Zip(days.Skip(1)).All(pair => pair.Second == pair.First.AddDays(1));
                }
            ).Check(Repeatable)
        );

    [Test]
    public void TryCreate_AnyText_NeverThrows()
    {
        var texts = Gen.Elements("0123456789*/-, ?LW#MONJAN\t".ToCharArray()).ArrayOf().Select(characters => new string(characters)).ToArbitrary();

        Assert.DoesNotThrow(() =>
            Prop.ForAll(
                texts,
                text =>
                {
                    var problems = new Dictionary<string, string[]>();
                    var timetable = Timetable.TryCreate(new PlanSchedule { Cron = text, TimeZone = text }, problems);
                    return timetable is not null || problems.Count > 0;
                }
            ).Check(Repeatable.WithMaxTest(5_000))
        );
    }

    private static void Check(Func<Timetable, DateTimeOffset, bool> holds) => CheckSchedules((schedule, at) => holds(Timetable.Of(schedule), at));

    private static void CheckSchedules(Func<PlanSchedule, DateTimeOffset, bool> holds) =>
        Assert.DoesNotThrow(() => Prop.ForAll(Cases, item => holds(item.Schedule, item.At)).Check(Repeatable));

    private static IEnumerable<DateTimeOffset> Slots(Timetable timetable, DateTimeOffset after)
    {
        for (var next = timetable.Next(after); next is not null; next = timetable.Next(next.Value))
        {
            yield return next.Value;
        }
    }
}
