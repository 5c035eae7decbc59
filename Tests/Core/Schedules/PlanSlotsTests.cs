using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Schedules;

namespace Marketline.Tests.Core.Schedules;

public sealed class PlanSlotsTests
{
    private static readonly DateTimeOffset Slot = new(2026, 11, 21, 3, 0, 0, TimeSpan.Zero);

    private static readonly Plan Hourly = new()
    {
        TenantId = TenantId.Parse("demobrand"),
        PlanId = PlanId.Parse("products"),
        Platform = "generic-shop",
        Kind = CrawlKind.Products,
        Sites = [new PlanSite(new Uri("https://shop.example/"))],
        Schedule = new PlanSchedule { Cron = "0 * * * *" },
        NextDueUtc = Slot,
    };

    [TestCase(CatchUpPolicy.Latest)]
    [TestCase(CatchUpPolicy.None)]
    [TestCase(CatchUpPolicy.All)]
    public void Step_SlotHasCome_RunsAndTheNextIsAhead(CatchUpPolicy policy)
    {
        var step = PlanSlots.Step(With(policy), Slot.AddMinutes(4));

        Assert.That((step.IsStart, step.Plan.NextDueUtc, step.Plan.LastSkip), Is.EqualTo((true, (DateTimeOffset?)Slot.AddHours(1), (ScheduleSkip?)null)));
    }

    [Test]
    public void Step_LatestOfFiveMissed_GoesToTheLastAndSaysSo()
    {
        var now = Slot.AddHours(5).AddMinutes(20);

        var step = PlanSlots.Step(With(CatchUpPolicy.Latest), now);

        Assert.That((step.IsStart, step.Plan.NextDueUtc), Is.EqualTo((false, (DateTimeOffset?)Slot.AddHours(5))));
        Assert.That(step.Plan.LastSkip, Is.EqualTo(new ScheduleSkip(SkipReason.Superseded, Slot, Slot.AddHours(4), 5, now)));
        Assert.That(PlanSlots.Step(step.Plan, now).IsStart, Is.True);
    }

    [Test]
    public void Step_LatestIsOneMissedLongAgo_Runs()
    {
        var daily = Hourly with { Schedule = new PlanSchedule { Cron = "0 3 * * *" } };

        Assert.That(PlanSlots.Step(daily, Slot.AddHours(20)).IsStart, Is.True);
    }

    [Test]
    public void Step_NoneAndAllAreTooLate_GoesToTheNextAndSaysSo()
    {
        var now = Slot.AddHours(2).AddMinutes(20);

        var step = PlanSlots.Step(With(CatchUpPolicy.None), now);

        Assert.That((step.IsStart, step.Plan.NextDueUtc), Is.EqualTo((false, (DateTimeOffset?)Slot.AddHours(3))));
        Assert.That(step.Plan.LastSkip, Is.EqualTo(new ScheduleSkip(SkipReason.Missed, Slot, Slot.AddHours(2), 3, now)));
    }

    [Test]
    public void Step_NoneAndTheLastIsALittleLate_GoesToThatOne()
    {
        var step = PlanSlots.Step(With(CatchUpPolicy.None), Slot.AddHours(2).AddMinutes(1));

        Assert.That((step.IsStart, step.Plan.NextDueUtc, step.Plan.LastSkip!.Count), Is.EqualTo((false, (DateTimeOffset?)Slot.AddHours(2), 2)));
    }

    [Test]
    public void Step_AllOfFew_RunsOneAfterTheOther()
    {
        var plan = With(CatchUpPolicy.All);
        var now = Slot.AddHours(3).AddMinutes(20);
        var runs = new List<DateTimeOffset>();

        while (plan.NextDueUtc <= now)
        {
            var step = PlanSlots.Step(plan, now);
            runs.AddRange(step.IsStart ? [plan.NextDueUtc.Value] : []);
            plan = step.Plan;
        }

        Assert.That(runs, Is.EqualTo((DateTimeOffset[])[Slot, Slot.AddHours(1), Slot.AddHours(2), Slot.AddHours(3)]));
        Assert.That(plan.LastSkip, Is.Null);
    }

    [Test]
    public void Step_AllOfTooMany_LeavesTheOldestOutAndSaysSo()
    {
        var now = Slot.AddDays(1).AddMinutes(20);

        var step = PlanSlots.Step(With(CatchUpPolicy.All), now);

        Assert.That((step.IsStart, step.Plan.NextDueUtc), Is.EqualTo((false, (DateTimeOffset?)Slot.AddHours(15))));
        Assert.That(step.Plan.LastSkip, Is.EqualTo(new ScheduleSkip(SkipReason.TooMany, Slot, Slot.AddHours(14), 15, now)));
        Assert.That(PlanSlots.Step(step.Plan, now).IsStart, Is.True);
    }

    [Test]
    public void Step_EverySecondMissedForYears_CountsToAThousandOnly()
    {
        var plan = Hourly with { Schedule = new PlanSchedule { EverySeconds = 1 } };

        var step = PlanSlots.Step(plan, Slot.AddYears(3));

        Assert.That((step.Plan.NextDueUtc, step.Plan.LastSkip!.Count), Is.EqualTo(((DateTimeOffset?)Slot.AddYears(3), 1_000)));
    }

    [Test]
    public void Step_LastMissedSlotHasToWaitForItsJitter_TheOneBeforeRuns()
    {
        var plan = Hourly with { Schedule = Hourly.Schedule! with { JitterSeconds = 3_000 } };
        var start = PlanSlots.Due(plan with { NextDueUtc = Slot.AddHours(2) })!.StartUtc;

        var step = PlanSlots.Step(plan, start.AddSeconds(-1));

        Assert.That(start, Is.GreaterThan(Slot.AddHours(2)), "else the test shows nothing");
        Assert.That(step.Plan.NextDueUtc, Is.EqualTo(Slot.AddHours(1)));
    }

    [Test]
    public void Step_WithoutAScheduleAnyMore_RunsOnce()
    {
        var step = PlanSlots.Step(Hourly with { Schedule = null }, Slot);

        Assert.That((step.IsStart, step.Plan.NextDueUtc), Is.EqualTo((true, (DateTimeOffset?)null)));
    }

    [Test]
    public void LeaveOut_SlotsInARow_IsOneNoteUntilTheReasonChanges()
    {
        var one = PlanSlots.LeaveOut(Hourly, Slot, SkipReason.Overlap, Slot);
        var two = PlanSlots.LeaveOut(one, Slot.AddHours(1), SkipReason.Overlap, Slot.AddHours(1));
        var gap = PlanSlots.LeaveOut(two, Slot.AddHours(3), SkipReason.Overlap, Slot.AddHours(3));
        var other = PlanSlots.LeaveOut(two, Slot.AddHours(2), SkipReason.Refused, Slot.AddHours(2));

        Assert.That(two.LastSkip, Is.EqualTo(new ScheduleSkip(SkipReason.Overlap, Slot, Slot.AddHours(1), 2, Slot.AddHours(1))));
        Assert.That((gap.LastSkip!.Count, other.LastSkip!.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public void Schedule_NewPlan_WaitsForTheNextSlot() =>
        Assert.That(PlanSlots.Schedule(Hourly, null, Slot.AddHours(7)).NextDueUtc, Is.EqualTo(Slot.AddHours(8)));

    [Test]
    public void Schedule_SameScheduleAgain_KeepsItsSlotAndItsNote()
    {
        var skip = new ScheduleSkip(SkipReason.Missed, Slot, Slot, 1, Slot);
        var existing = Hourly with { LastSkip = skip, Schedule = Hourly.Schedule! with { Calendar = new PlanCalendar { Days = ["mon"] } } };
        var plan = existing with { LastSkip = null, NextDueUtc = null, Schedule = existing.Schedule! with { Calendar = new PlanCalendar { Days = ["mon"] } } };

        var scheduled = PlanSlots.Schedule(plan, existing, Slot.AddHours(7));

        Assert.That((scheduled.NextDueUtc, scheduled.LastSkip), Is.EqualTo(((DateTimeOffset?)Slot, skip)));
    }

    [Test]
    public void Schedule_OtherScheduleOrResumed_WaitsForTheNextSlot()
    {
        var now = Slot.AddHours(7);

        var changed = PlanSlots.Schedule(Hourly with { Schedule = new PlanSchedule { EverySeconds = 60 } }, Hourly, now);
        var resumed = PlanSlots.Schedule(Hourly, Hourly with { IsPaused = true }, now);

        Assert.That((changed.NextDueUtc, resumed.NextDueUtc), Is.EqualTo(((DateTimeOffset?)now.AddMinutes(1), (DateTimeOffset?)now.AddHours(1))));
    }

    [Test]
    public void Schedule_PausedOrOnDemand_WaitsForNothing()
    {
        var paused = PlanSlots.Schedule(Hourly with { IsPaused = true }, Hourly, Slot);
        var onDemand = PlanSlots.Schedule(Hourly with { Schedule = null }, Hourly, Slot);

        Assert.That((paused.NextDueUtc, onDemand.NextDueUtc), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null)));
    }

    private static Plan With(CatchUpPolicy policy) => Hourly with { Schedule = Hourly.Schedule! with { CatchUp = policy } };
}
