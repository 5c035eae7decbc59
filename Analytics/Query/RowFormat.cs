namespace Marketline.Analytics.Query;

/// <summary>A way to write rows as text, UTF-8. Numbers, days and times have one form, whatever the machine.</summary>
public sealed class RowFormat
{
    private readonly Func<IReadOnlyList<DatasetColumn>, RowWriter> _create;

    private RowFormat(Func<IReadOnlyList<DatasetColumn>, RowWriter> create) => _create = create;

    /// <summary>A JSON object a line, nulls included.</summary>
    public static RowFormat JsonLines { get; } = new(columns => new JsonRowWriter(columns));

    /// <summary>
    /// RFC 4180 with a header row. Null is an empty field, an empty text a quoted one. Texts that a spreadsheet would run as a
    /// formula get a <c>'</c> before them.
    /// </summary>
    public static RowFormat Csv { get; } = new(columns => new CsvRowWriter(columns, guardsFormulas: true));

    /// <summary>The same with all texts as they are.</summary>
    public static RowFormat RawCsv { get; } = new(columns => new CsvRowWriter(columns, guardsFormulas: false));

    /// <summary>A time as all formats write it: RFC 3339, UTC, microseconds.</summary>
    public static string Text(DateTimeOffset instant) => ColumnValue.Text(instant);

    internal RowWriter Writer(IReadOnlyList<DatasetColumn> columns) => _create(columns);
}
