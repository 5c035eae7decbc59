using System.Globalization;

namespace Marketline.Platforms.Crawl;

/// <summary>A sitemap's <c>lastmod</c>: a date or a time in W3C's form (https://www.sitemaps.org/protocol.html#lastmoddef).</summary>
internal static class LastModifiedText
{
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyyMMdd"];

    /// <returns>
    /// The latest moment that it may mean: of a day its end, because the page may have changed after it was seen that day. Null for
    /// all that is no such text.
    /// </returns>
    public static DateTimeOffset? Parse(string text)
    {
        var plain = text.AsSpan().Trim();
        if (DateOnly.TryParseExact(plain, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day == DateOnly.MaxValue ? null : new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
        }

        return plain.Contains('T') && DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
