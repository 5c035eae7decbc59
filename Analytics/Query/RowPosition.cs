using System.Text.Json;
using Marketline.Core.Json;

namespace Marketline.Analytics.Query;

/// <summary>A place in a query's total order as text: the values of its columns there.</summary>
internal static class RowPosition
{
    public static string Write(IEnumerable<object?> values) =>
        JsonSerializer.Serialize(values.Select(value => value is null ? null : ColumnValue.Text(value)), JsonFormat.Options);

    /// <exception cref="FormatException">The text is no position of the query.</exception>
    public static IReadOnlyList<object?> Read(RowQuery query, string text)
    {
        var order = query.TotalOrder;
        var texts = JsonSerializer.Deserialize<string?[]>(text, JsonFormat.Options);
        if (texts?.Length != order.Count)
        {
            throw new FormatException("The position belongs to another query.");
        }

        return [.. texts.Select((value, i) => value is null ? null : Value(order[i].Column, value))];
    }

    private static object Value(DatasetColumn column, string text) =>
        ColumnValue.TryParse(column, text) ?? throw new FormatException($"The position has no value of {column.Name}.");
}
