using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Marketline.Core.Schedules;

/// <summary>
/// The clock on the wall of a time zone. It asks the zone for offsets at instants only: what that tells about invalid and
/// ambiguous local times has been wrong for zones with unusual rules.
/// </summary>
internal sealed partial class ZoneClock(TimeZoneInfo zone)
{
    public static readonly ZoneClock Utc = new(TimeZoneInfo.Utc);

    /// <summary>A day and the largest jump that clocks make; no zone makes two jumps so close together.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromHours(26);

    /// <summary>IANA names only, and nothing that could be another file's path.</summary>
    public static bool TryFind(string? name, [NotNullWhen(true)] out ZoneClock? clock)
    {
        clock = name is null or "UTC" ? Utc : null;
        if (clock is null && name!.Length <= 64 && ZoneName().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            clock = new ZoneClock(zone);
        }

        return clock is not null;
    }

    public DateTime ToLocal(DateTime utc) => DateTime.SpecifyKind(utc + Offset(utc), DateTimeKind.Unspecified);

    /// <summary>The instant of a local time: the first of two, or the end of the gap that it falls into.</summary>
    public DateTime ToUtc(DateTime local)
    {
        if (FindNear(local) is not { } jump)
        {
            return Utc0(local - Offset(Guess(local)));
        }

        if (local < jump.LocalStart)
        {
            return Utc0(local - jump.Before);
        }

        if (local >= jump.LocalEnd)
        {
            return Utc0(local - jump.After);
        }

        return jump.IsOverlap ? Utc0(local - jump.Before) : jump.AtUtc;
    }

    /// <summary>The overlap that a local time comes twice in; null when it comes once or never.</summary>
    public ZoneTransition? OverlapAt(DateTime local) =>
        FindNear(local) is { IsOverlap: true } jump && local >= jump.LocalStart && local < jump.LocalEnd ? jump : null;

    private ZoneTransition? FindNear(DateTime local)
    {
        if (zone == TimeZoneInfo.Utc)
        {
            return null;
        }

        var guess = Guess(local);
        var low = guess - Reach;
        var high = guess + Reach;
        var before = Offset(low);
        if (before == Offset(high))
        {
            return null;
        }

        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = low + TimeSpan.FromSeconds(Math.Floor((high - low).TotalSeconds / 2));
            (low, high) = Offset(middle) == before ? (middle, high) : (low, middle);
        }

        return new ZoneTransition(high, before, Offset(high));
    }

    private DateTime Guess(DateTime local) => Utc0(local - Offset(Utc0(local)));

    private TimeSpan Offset(DateTime utc) => zone.GetUtcOffset(utc);

    private static DateTime Utc0(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}$")]
    private static partial Regex ZoneName();
}
