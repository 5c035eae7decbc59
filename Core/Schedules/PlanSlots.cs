using Marketline.Core.Plans;

namespace Marketline.Core.Schedules;

/// <summary>
/// How a plan's cursor moves. It only moves from slot to slot of the schedule, so that workers that look at different times
/// agree on what runs.
/// </summary>
public static class PlanSlots
{
    /// <summary>With catch-up 'none' a slot still runs when it is no later than this: timers tick by the minute in places.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private const int MaxCount = 1_000;

    /// <summary>A plan that was made, changed or resumed waits for its next slot; one with the same schedule for the one it waited for.</summary>
    public static Plan Schedule(Plan plan, Plan? existing, DateTimeOffset nowUtc)
    {
        if (plan.Schedule is null || plan.IsPaused)
        {
            return plan with { NextDueUtc = null, LastSkip = existing?.LastSkip };
        }

        var isSame = existing is { IsPaused: false, NextDueUtc: not null, Schedule: { } before } && IsSame(before, plan.Schedule);
        var next = isSame ? existing!.NextDueUtc : Timetable.Of(plan.Schedule).Next(nowUtc);
        return plan with { NextDueUtc = next, LastSkip = existing?.LastSkip };
    }

    /// <summary>The next slots of the plan's schedule; none without one.</summary>
    public static IReadOnlyList<DateTimeOffset> Upcoming(Plan plan, DateTimeOffset nowUtc, int count)
    {
        var slots = new List<DateTimeOffset>(count);
        var timetable = plan.Schedule is null ? null : Timetable.Of(plan.Schedule);
        for (var next = timetable?.Next(nowUtc); next is { } slot && slots.Count < count; next = timetable!.Next(slot))
        {
            slots.Add(slot);
        }

        return slots;
    }

    /// <summary>The slot that the plan waits for; null when it waits for none.</summary>
    public static DuePlan? Due(Plan plan)
    {
        if (plan.NextDueUtc is not { } slot)
        {
            return null;
        }

        var start = plan.Schedule is null ? slot : Timetable.Of(plan.Schedule).StartOf(slot, Key(plan));
        return new DuePlan(plan.TenantId, plan.PlanId, slot, start);
    }

    /// <summary>What to do with a plan whose slot has come. The cursor may still stand on a slot that has come afterwards.</summary>
    public static SlotStep Step(Plan plan, DateTimeOffset nowUtc)
    {
        var slot = plan.NextDueUtc!.Value;
        if (plan.Schedule is not { } schedule)
        {
            return new SlotStep(true, plan with { NextDueUtc = null });
        }

        var timetable = Timetable.Of(schedule);
        var last = LastStarting(timetable, plan, slot, nowUtc);
        (DateTimeOffset? resume, SkipReason reason) = schedule.CatchUp switch
        {
            CatchUpPolicy.All => (FirstOfLast(timetable, slot, last, schedule.MaxCatchUp), SkipReason.TooMany),
            CatchUpPolicy.None => (last < nowUtc - Grace - Jitter(schedule) ? timetable.Next(last) : last, SkipReason.Missed),
            _ => (last, SkipReason.Superseded),
        };
        return resume == slot
            ? new SlotStep(true, plan with { NextDueUtc = timetable.Next(slot) })
            : new SlotStep(false, plan with { NextDueUtc = resume, LastSkip = Note(timetable, reason, slot, resume ?? nowUtc, nowUtc) });
    }

    /// <summary>Notes that the plan's last slot did not run; slots in a row for the same reason are one note.</summary>
    /// <param name="plan">Its cursor is behind the slot already.</param>
    public static Plan LeaveOut(Plan plan, DateTimeOffset slotUtc, SkipReason reason, DateTimeOffset nowUtc)
    {
        var isInARow =
            plan is { Schedule: { } schedule, LastSkip: { } last }
            && last.Reason == reason
            && Timetable.Of(schedule).Next(last.LastSlotUtc) == slotUtc;
        var skip = isInARow
            ? plan.LastSkip! with { LastSlotUtc = slotUtc, Count = Math.Min(plan.LastSkip.Count + 1, MaxCount), NotedUtc = nowUtc }
            : new ScheduleSkip(reason, slotUtc, slotUtc, 1, nowUtc);
        return plan with { LastSkip = skip };
    }

    /// <summary>The last slot that should have started by now.</summary>
    private static DateTimeOffset LastStarting(Timetable timetable, Plan plan, DateTimeOffset slot, DateTimeOffset nowUtc)
    {
        var last = timetable.LastUpTo(slot, nowUtc);
        return last > slot && timetable.StartOf(last, Key(plan)) > nowUtc ? timetable.LastUpTo(slot, last.AddSeconds(-1)) : last;
    }

    /// <summary>The first of the last <paramref name="count"/> slots up to <paramref name="last"/>.</summary>
    private static DateTimeOffset FirstOfLast(Timetable timetable, DateTimeOffset slot, DateTimeOffset last, int count)
    {
        if (Count(timetable, slot, last.AddSeconds(1), count + 1) <= count)
        {
            return slot;
        }

        var first = last;
        for (var i = 1; i < count; i++)
        {
            first = timetable.LastUpTo(slot, first.AddSeconds(-1));
        }

        return first;
    }

    private static ScheduleSkip Note(Timetable timetable, SkipReason reason, DateTimeOffset slot, DateTimeOffset end, DateTimeOffset nowUtc) =>
        new(reason, slot, timetable.LastUpTo(slot, end.AddSeconds(-1)), Count(timetable, slot, end, MaxCount), nowUtc);

    /// <summary>The slots from one on to before an end, up to a number.</summary>
    private static int Count(Timetable timetable, DateTimeOffset slot, DateTimeOffset end, int max)
    {
        var count = 1;
        for (var next = timetable.Next(slot); next < end && count < max; next = timetable.Next(next.Value))
        {
            count++;
        }

        return count;
    }

    private static TimeSpan Jitter(PlanSchedule schedule) => TimeSpan.FromSeconds(schedule.JitterSeconds);

    private static string Key(Plan plan) => $"{plan.TenantId}-{plan.PlanId}";

    private static bool IsSame(PlanSchedule one, PlanSchedule other) =>
        one with { Calendar = null } == other with { Calendar = null } && IsSame(one.Calendar ?? new(), other.Calendar ?? new());

    private static bool IsSame(PlanCalendar one, PlanCalendar other) =>
        one.From == other.From
        && one.To == other.To
        && (one.Days ?? []).SequenceEqual(other.Days ?? [])
        && (one.Holidays ?? []).SequenceEqual(other.Holidays ?? []);
}
