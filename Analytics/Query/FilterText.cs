using System.Collections.Frozen;

namespace Marketline.Analytics.Query;

/// <summary>
/// Reads one filter: <c>&lt;column&gt;:&lt;operator&gt;:&lt;value&gt;</c>. The value is all that follows the second colon; for <c>in</c> it is a list with
/// commas, where <c>"…"</c> holds a value with commas or quotes (doubled) in it.
/// </summary>
internal static class FilterText
{
    public const int MaxLength = 2_000;

    private const int MaxListCount = 100;

    private static readonly FrozenDictionary<string, FilterOperator> Operators = new Dictionary<string, FilterOperator>
    {
        ["eq"] = FilterOperator.Equal,
        ["ne"] = FilterOperator.NotEqual,
        ["lt"] = FilterOperator.Less,
        ["le"] = FilterOperator.LessOrEqual,
        ["gt"] = FilterOperator.Greater,
        ["ge"] = FilterOperator.GreaterOrEqual,
        ["in"] = FilterOperator.In,
        ["contains"] = FilterOperator.Contains,
        ["startswith"] = FilterOperator.StartsWith,
        ["isnull"] = FilterOperator.IsNull,
        ["notnull"] = FilterOperator.IsNotNull,
    }.ToFrozenDictionary();

    private static readonly string Names = string.Join(", ", Operators.Keys.Order());

    /// <param name="problem">What is wrong, and what was expected; null when the filter is valid.</param>
    public static RowFilter? TryRead(DatasetSchema schema, string text, out string? problem)
    {
        var parts = text.Split(':', 3);
        var column = schema.Find(parts[0]);
        var filter = default(RowFilter);
        problem =
            text.Length > MaxLength ? $"is longer than {MaxLength} characters"
            : parts.Length == 1 ? "is no filter: <column>:<operator>:<value> is expected, such as price:lt:20"
            : column is null ? $"names no column of {schema.Name}: GET /api/datasets/{schema.Name} lists them"
            : !Operators.TryGetValue(parts[1], out var operation) ? $"has no operator: one of {Names} is expected after the column"
            : TryRead(column, operation, parts.ElementAtOrDefault(2), out filter);
        return filter;
    }

    private static string? TryRead(DatasetColumn column, FilterOperator operation, string? text, out RowFilter? filter)
    {
        filter = null;
        if (operation is FilterOperator.IsNull or FilterOperator.IsNotNull)
        {
            filter = new RowFilter(column, operation);
            return string.IsNullOrEmpty(text) ? null : "has a value, which this operator does not take";
        }

        if (text is null)
        {
            return "has no value: <column>:<operator>:<value> is expected";
        }

        if (operation is FilterOperator.Contains or FilterOperator.StartsWith && column.Kind != ColumnKind.Text)
        {
            return $"looks for a part of a text, but {column.Name} is {column.Type}";
        }

        var texts = operation == FilterOperator.In ? List(text) : [text];
        if (texts is not { Count: >= 1 and <= MaxListCount })
        {
            return $"has no list of 1 to {MaxListCount} values: a,b,\"c, d\" is expected";
        }

        var values = texts.Select(value => ColumnValue.TryParse(column, value)).OfType<object>().ToList();
        filter = new RowFilter(column, operation, values);
        return values.Count == texts.Count
            ? null
            : $"has a value that {column.Name} can not have: {ColumnValue.Expected(column)} is expected";
    }

    /// <returns>Null when a quote is not closed, or text follows it.</returns>
    private static List<string>? List(string text)
    {
        var values = new List<string>();
        var index = 0;
        while (index <= text.Length)
        {
            var isQuoted = index < text.Length && text[index] == '"';
            var end = isQuoted ? ClosingQuote(text, index + 1) : End(text.IndexOf(',', index), text);
            if (end < 0)
            {
                return null;
            }

            values.Add(isQuoted ? text[(index + 1)..end].Replace("\"\"", "\"", StringComparison.Ordinal) : text[index..end]);
            end = isQuoted ? end + 1 : end;
            if (end < text.Length && text[end] != ',')
            {
                return null;
            }

            index = end + 1;
        }

        return values;
    }

    private static int End(int comma, string text) => comma < 0 ? text.Length : comma;

    private static int ClosingQuote(string text, int index)
    {
        while ((index = text.IndexOf('"', index)) >= 0 && index + 1 < text.Length && text[index + 1] == '"')
        {
            index += 2;
        }

        return index;
    }
}
