namespace Marketline.Core.Schedules;

/// <summary>A moment at which a zone's clocks are put forward (a gap in local time) or back (an overlap).</summary>
internal sealed record ZoneTransition(DateTime AtUtc, TimeSpan Before, TimeSpan After)
{
    public bool IsOverlap => After < Before;

    /// <summary>The first local time that is skipped or comes twice.</summary>
    public DateTime LocalStart => AtUtc + (IsOverlap ? After : Before);

    /// <summary>The first local time behind those.</summary>
    public DateTime LocalEnd => AtUtc + (IsOverlap ? Before : After);
}
