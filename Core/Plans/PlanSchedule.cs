using System.Text.Json.Serialization;
using Marketline.Core.Runs;

namespace Marketline.Core.Plans;

/// <summary>
/// When a plan runs, and what becomes of slots that can not run at their time. As JSON an object; a text is read as its cron
/// expression alone.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlanSchedule
{
    /// <summary>Five or six fields (the first of six: seconds), on the clock of <see cref="TimeZone"/>. Or <see cref="EverySeconds"/>.</summary>
    public string? Cron { get; init; }

    /// <summary>IANA name; UTC if it is missing.</summary>
    public string? TimeZone { get; init; }

    /// <summary>A fixed interval, counted from 1970-01-01T00:00:00Z.</summary>
    public int? EverySeconds { get; init; }

    /// <summary>Slots outside of it are left out.</summary>
    public PlanCalendar? Calendar { get; init; }

    /// <summary>Runs start up to so much later than their slot, so that plans of the same time do not start at once.</summary>
    public int JitterSeconds { get; init; }

    public CatchUpPolicy CatchUp { get; init; }

    /// <summary>With <see cref="CatchUpPolicy.All"/>: of more missed slots only the last ones run.</summary>
    public int MaxCatchUp { get; init; } = 10;

    public OverlapPolicy Overlap { get; init; }

    /// <summary>An alert is raised when a run still goes on so long after its slot.</summary>
    public int? DeadlineSeconds { get; init; }

    /// <summary>An alert is raised when nothing in a run has moved for so long; 15 minutes if it is missing.</summary>
    public int? StuckAfterSeconds { get; init; }
}
