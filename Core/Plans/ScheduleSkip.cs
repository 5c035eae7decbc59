namespace Marketline.Core.Plans;

/// <summary>Slots that did not run: a plan keeps the last note of this kind.</summary>
/// <param name="Count">1 000 stands for that many and more.</param>
public sealed record ScheduleSkip(
    SkipReason Reason,
    DateTimeOffset FirstSlotUtc,
    DateTimeOffset LastSlotUtc,
    int Count,
    DateTimeOffset NotedUtc
);
