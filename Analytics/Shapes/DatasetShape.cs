namespace Marketline.Analytics.Shapes;

/// <summary>A clean record's columns, in the files' order, and those of the latest dataset that grows from it.</summary>
internal sealed record DatasetShape(
    string LatestName,
    IReadOnlyList<Column> CleanColumns,
    IReadOnlyList<TrackedColumn> TrackedColumns
)
{
    public const string IsNewOrChanged = "(p.object_key IS NULL OR p.content_hash <> n.content_hash)";

    public string CleanTable(string name) => Table(name, CleanColumns);

    public string LatestTable(string name) =>
        Table(name, [.. CleanColumns, .. TrackedColumns.Select(c => new Column(c.Name, c.Type))]);

    /// <summary>The clean record's columns, each as <c>alias.column</c>.</summary>
    public string CleanList(string alias) => string.Join(", ", CleanColumns.Select(c => $"{alias}.{c.Name}"));

    public string TrackedList(string alias) => string.Join(", ", TrackedColumns.Select(c => $"{alias}.{c.Name}"));

    public string TrackedExpressions => string.Join(", ", TrackedColumns.Select(c => $"{c.Expression} AS {c.Name}"));

    private static string Table(string name, IEnumerable<Column> columns) =>
        $"CREATE OR REPLACE TABLE {name} ({string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}"))})";
}
