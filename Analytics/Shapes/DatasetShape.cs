namespace Marketline.Analytics.Shapes;

/// <summary>A clean record's columns, in the files' order, and those of the latest dataset that grows from it.</summary>
/// <param name="RecordColumns">In both.</param>
/// <param name="CleanOnlyColumns">Behind them in clean batches.</param>
/// <param name="TrackedColumns">Behind them in the latest dataset.</param>
internal sealed record DatasetShape(
    string LatestName,
    IReadOnlyList<Column> RecordColumns,
    IReadOnlyList<Column> CleanOnlyColumns,
    IReadOnlyList<TrackedColumn> TrackedColumns
)
{
    public const string IsNewOrChanged = "(p.object_key IS NULL OR p.content_hash <> n.content_hash)";

    /// <summary>
    /// SQL over <c>i</c> (a record of the run) and <c>p</c>: whether it answers for what the object is, and the dataset knows nothing newer.
    /// </summary>
    public string IsForProduct { get; init; } = "coalesce(p.seen_utc <= i.seen_utc, true)";

    /// <summary>The same for how it is sold.</summary>
    public string IsForPrice { get; init; } = "coalesce(p.seen_utc <= i.seen_utc, true)";

    public IReadOnlyList<Column> CleanColumns { get; } = [.. RecordColumns, .. CleanOnlyColumns];

    public IReadOnlyList<Column> LatestColumns { get; } = [.. RecordColumns, .. TrackedColumns];

    public string TrackedExpressions => string.Join(", ", TrackedColumns.Select(c => $"{c.Expression} AS {c.Name}"));

    /// <summary>The columns, each as <c>alias.column</c>.</summary>
    public static string List(string alias, IEnumerable<Column> columns) => string.Join(", ", columns.Select(c => $"{alias}.{c.Name}"));

    public static string Table(string name, IEnumerable<Column> columns) =>
        $"CREATE OR REPLACE TABLE {name} ({string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}"))})";
}
