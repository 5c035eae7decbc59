using System.Globalization;
using System.Text;
using System.Xml;

namespace Azure.Data.Tables;

/// <summary>Turns an interpolated string into an OData filter: every argument becomes a quoted, escaped literal of its type.</summary>
internal static class TableOdataFilter
{
    public static string Create(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var literals = Array.ConvertAll(filter.GetArguments(), Literal);
        return string.Format(CultureInfo.InvariantCulture, filter.Format, literals);
    }

    public static string EscapeQuotes(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        long or ulong => Text(value) + "L",
        sbyte or byte or short or ushort or int or uint or float or double or decimal => Text(value),
        Guid guid => $"guid'{guid}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData data => $"X'{Convert.ToHexString(data.ToMemory().Span)}'",
        DateTimeOffset time => Date(time.UtcDateTime),
        DateTime time => Date(time.ToUniversalTime()),
        string or char or StringBuilder => $"'{EscapeQuotes(Text(value))}'",
        _ => throw new ArgumentException($"Unable to convert an argument of type {value.GetType()} to an OData literal."),
    };

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static string Date(DateTime utc) =>
        $"datetime'{XmlConvert.ToString(utc, XmlDateTimeSerializationMode.RoundtripKind)}'";
}
