using System.Globalization;

namespace Marketline.Core.Clean;

/// <summary>Reads dates as pages write them; the order of day and month follows the page's language where it is in doubt.</summary>
public static class DateText
{
    private static readonly string[] PlainForms =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "d.M.yyyy", "d MMMM yyyy", "d MMM yyyy", "MMMM d, yyyy", "MMM d, yyyy", "MMMM d yyyy", "MMM d yyyy", "yyyy年M月d日",
    ];

    private static readonly string[] DayFirst = ["d/M/yyyy", "d-M-yyyy"];

    private static readonly string[] MonthFirst = ["M/d/yyyy", "M-d-yyyy"];

    /// <returns>Null for what is no date, and for days before 1990 (what empty fields turn into).</returns>
    public static DateOnly? Parse(string text, string? language)
    {
        var trimmed = text.Trim();
        if (trimmed.Length is 0 or > 60)
        {
            return null;
        }

        var isMonthFirst = language is not null && (language.Equals("en", StringComparison.OrdinalIgnoreCase) || language.EndsWith("-us", StringComparison.OrdinalIgnoreCase));
        var day =
            Exact(trimmed, PlainForms)
            ?? Exact(trimmed, isMonthFirst ? MonthFirst : DayFirst)
            ?? Exact(trimmed, isMonthFirst ? DayFirst : MonthFirst)
            ?? Instant(trimmed);
        return day is { Year: >= 1990 and < 2200 } ? day : null;
    }

    private static DateOnly? Exact(string text, string[] forms) =>
        DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var day) ? day : null;

    /// <summary>ISO 8601 with a time, or RFC 1123: the day as written there, not moved to UTC.</summary>
    private static DateOnly? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? DateOnly.FromDateTime(instant.DateTime)
            : null;
}
