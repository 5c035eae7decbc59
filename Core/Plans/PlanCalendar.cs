using System.Text.Json.Serialization;

namespace Marketline.Core.Plans;

/// <summary>Which of a schedule's slots count, on the clock of its time zone.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlanCalendar
{
    /// <summary><c>monday</c> to <c>sunday</c>; every day if it is missing.</summary>
    public IReadOnlyList<string>? Days { get; init; }

    /// <summary><c>HH:mm</c>; the beginning of the day if it is missing.</summary>
    public string? From { get; init; }

    /// <summary><c>HH:mm</c>, no longer within; the end of the day if it is missing. Before <see cref="From"/>: on the next day.</summary>
    public string? To { get; init; }

    /// <summary>Dates (<c>yyyy-MM-dd</c>) without slots.</summary>
    public IReadOnlyList<string>? Holidays { get; init; }
}
