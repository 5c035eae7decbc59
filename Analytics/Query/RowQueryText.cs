namespace Marketline.Analytics.Query;

/// <summary>
/// A query as it stands in an address. What comes out names columns of the schema only and holds typed values: no text of the
/// caller's gets into SQL.
/// </summary>
public sealed record RowQueryText
{
    private const int MaxFilterCount = 20;
    private const int MaxSortCount = 3;
    private const int MaxEchoLength = 80;

    /// <summary>Each <c>&lt;column&gt;:&lt;operator&gt;:&lt;value&gt;</c>.</summary>
    public IReadOnlyList<string?> Filters { get; init; } = [];

    /// <summary>Such as <c>price:desc,name</c>; null or empty: not sorted.</summary>
    public string? Sort { get; init; }

    /// <summary>Names with commas between; null or empty: all.</summary>
    public string? Columns { get; init; }

    /// <param name="problems">For each parameter that is wrong, what was expected; empty when the query is valid.</param>
    /// <returns>Null when something is wrong.</returns>
    public RowQuery? TryRead(DatasetSchema schema, out IReadOnlyDictionary<string, string[]> problems)
    {
        var found = new Dictionary<string, string[]>();
        var query = new RowQuery
        {
            Schema = schema,
            Filters = ReadFilters(schema, found),
            Sort = ReadSort(schema, found),
            Columns = ReadColumns(schema, found),
        };
        problems = found;
        return found.Count == 0 ? query : null;
    }

    private List<RowFilter> ReadFilters(DatasetSchema schema, Dictionary<string, string[]> problems)
    {
        if (Filters.Count > MaxFilterCount)
        {
            problems["filter"] = [$"At most {MaxFilterCount} filters are expected; ask for several values of a column with 'in'."];
            return [];
        }

        var filters = new List<RowFilter>();
        var wrong = new List<string>();
        foreach (var text in Filters)
        {
            var filter = FilterText.TryRead(schema, text ?? "", out var problem);
            if (problem is null)
            {
                filters.Add(filter!);
            }
            else
            {
                wrong.Add($"'{Echo(text)}' {problem}.");
            }
        }

        if (wrong.Count > 0)
        {
            problems["filter"] = [.. wrong];
        }

        return filters;
    }

    private List<SortColumn> ReadSort(DatasetSchema schema, Dictionary<string, string[]> problems)
    {
        var sort = new List<SortColumn>();
        var texts = string.IsNullOrEmpty(Sort) ? [] : Sort.Split(',');
        foreach (var text in texts)
        {
            var parts = text.Split(':');
            var column = schema.Find(parts[0]);
            var isKnown = parts.Length == 1 || (parts.Length == 2 && parts[1] is "asc" or "desc");
            if (column is null || !isKnown || texts.Length > MaxSortCount || sort.Any(other => other.Column == column))
            {
                problems["sort"] =
                [
                    $"'{Echo(text)}' is not expected: up to {MaxSortCount} different columns of {schema.Name} are, "
                        + $"such as {schema.Columns[^1].Name}:desc,{schema.Columns[0].Name}.",
                ];
                return [];
            }

            sort.Add(new SortColumn(column, parts[^1] == "desc" && parts.Length == 2));
        }

        return sort;
    }

    private IReadOnlyList<DatasetColumn> ReadColumns(DatasetSchema schema, Dictionary<string, string[]> problems)
    {
        if (string.IsNullOrEmpty(Columns))
        {
            return schema.Columns;
        }

        var names = Columns.Split(',', schema.Columns.Count + 1);
        var columns = names.Select(schema.Find).OfType<DatasetColumn>().Distinct().ToList();
        if (columns.Count != names.Length)
        {
            var wrong = names.FirstOrDefault(name => schema.Find(name) is null) ?? "a column twice";
            problems["columns"] = [$"'{Echo(wrong)}' is not expected: GET /api/datasets/{schema.Name} lists the columns."];
        }

        return columns;
    }

    private static string Echo(string? text) => text is { Length: > MaxEchoLength } ? text[..MaxEchoLength] + "…" : text ?? "";
}
