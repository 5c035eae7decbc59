using System.Globalization;

namespace Marketline.Analytics.Query;

/// <summary>
/// A column's values as text and back: <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/>,
/// <see cref="bool"/>, <see cref="DateOnly"/> or <see cref="DateTimeOffset"/> in UTC, by the column's kind.
/// </summary>
internal static class ColumnValue
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const string DateFormat = "yyyy-MM-dd";

    private static readonly string[] InstantFormats =
    [
        DateFormat,
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <returns>Null when the text is no value of the column.</returns>
    public static object? TryParse(DatasetColumn column, string text) =>
        column.Kind switch
        {
            ColumnKind.Text => text,
            ColumnKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer : null,
            ColumnKind.Number => Number(text),
            ColumnKind.Decimal => Decimal(column, text),
            ColumnKind.Boolean => bool.TryParse(text, out var boolean) ? boolean : null,
            ColumnKind.Date => DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
            _ => Instant(text),
        };

    /// <summary>What <see cref="TryParse"/> takes, in words for the one who asked.</summary>
    public static string Expected(DatasetColumn column) =>
        column.Kind switch
        {
            ColumnKind.Text => "a text",
            ColumnKind.Integer => "a whole number such as 12",
            ColumnKind.Number => "a number such as 0.25",
            ColumnKind.Decimal => $"a number such as 19.99 that fits {column.Type}",
            ColumnKind.Boolean => "true or false",
            ColumnKind.Date => "a day such as 2026-11-21",
            _ => "a time such as 2026-11-21T10:30:00Z or 2026-11-21 (UTC; a '+' in an address is written %2B)",
        };

    /// <summary>The same text on every machine; <see cref="TryParse"/> gives the value back.</summary>
    public static string Text(object value) =>
        value switch
        {
            DateTimeOffset instant => instant.ToString(InstantFormat, CultureInfo.InvariantCulture),
            DateOnly date => date.ToString(DateFormat, CultureInfo.InvariantCulture),
            bool boolean => boolean ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    /// <summary>A value as DuckDB's reader gives it.</summary>
    public static object? FromReader(object value) =>
        value switch
        {
            DBNull => null,
            DateTime instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)),
            int integer => (long)integer,
            // Neither JSON nor a reader of CSV knows them.
            double number when !double.IsFinite(number) => null,
            _ => value,
        };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static decimal? Decimal(DatasetColumn column, string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Style, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var (precision, scale) = Size(column.Type);
        var limit = 1m;
        for (var digit = scale; digit < precision; digit++)
        {
            limit *= 10;
        }

        var rounded = decimal.Round(number, scale);
        return Math.Abs(number) < limit && rounded == number ? rounded : null;
    }

    private static (int Precision, int Scale) Size(string type)
    {
        var parts = type["DECIMAL(".Length..^1].Split(',');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static DateTimeOffset? Instant(string text)
    {
        const DateTimeStyles Style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, Style, out var instant) ? instant : null;
    }
}
