using System.Globalization;
using DuckDB.NET.Data;
using Marketline.Analytics.DuckDb;

namespace Marketline.Analytics.Query;

/// <summary>
/// A query as SQL. Names come from the schema; every value is a parameter, cast to its column's type so that what it is compared
/// as does not depend on what DuckDB makes of it.
/// </summary>
internal sealed class RowSql
{
    /// <summary>Texts are sorted by their beginning, so that a position in the order, which holds one of each, stays short.</summary>
    private const int SortedTextLength = 200;

    private readonly List<DuckDBParameter> _parameters = [];

    private RowSql() { }

    public string Text { get; private set; } = "";

    public IReadOnlyList<DuckDBParameter> Parameters => _parameters;

    /// <summary>All rows of the query.</summary>
    public static RowSql Rows(IReadOnlyList<string> files, RowQuery query)
    {
        var sql = new RowSql();
        // The tie-break is for those who sort: unsorted rows come as the files have them, without a sort's cost.
        var order = query.Sort.Count == 0 ? "" : $" ORDER BY {Order(query)}";
        sql.Text = $"SELECT {List(query.Columns)} FROM {Source(files, query)}{sql.Where(query, null)}{order}";
        return sql;
    }

    /// <summary>The next rows of the total order, with the values of its columns behind those that were asked for.</summary>
    /// <param name="after">The values of the last row that was seen; null: from the beginning.</param>
    public static RowSql Page(IReadOnlyList<string> files, RowQuery query, IReadOnlyList<object?>? after, int count)
    {
        var sql = new RowSql();
        var positions = string.Join(", ", query.TotalOrder.Select(sort => Expression(query, sort)));
        var limit = count.ToString(CultureInfo.InvariantCulture);
        sql.Text =
            $"SELECT {List(query.Columns)}, {positions} FROM {Source(files, query)}{sql.Where(query, after)} ORDER BY {Order(query)} LIMIT {limit}";
        return sql;
    }

    /// <summary>A dataset without files has its columns all the same, as has one whose files are older than some of them.</summary>
    private static string Source(IReadOnlyList<string> files, RowQuery query)
    {
        var added = query.Schema.Columns.Where(column => column.IsAdded).ToList();
        return files.Count == 0 ? $"({NoRows(query.Schema.Columns)})"
            : added.Count == 0 ? SqlText.ReadParquet(files)
            : $"({NoRows(added)} UNION ALL BY NAME SELECT * FROM {SqlText.ReadUnlikeParquet(files)})";
    }

    private static string NoRows(IEnumerable<DatasetColumn> columns) =>
        $"SELECT {string.Join(", ", columns.Select(column => $"CAST(NULL AS {column.Type}) AS {Name(column)}"))} WHERE false";

    private static string List(IEnumerable<DatasetColumn> columns) => string.Join(", ", columns.Select(Name));

    private static string Name(DatasetColumn column) => $"\"{column.Name}\"";

    private static string Order(RowQuery query) =>
        string.Join(", ", query.TotalOrder.Select(sort => $"{Expression(query, sort)} {(sort.IsDescending ? "DESC" : "ASC")} NULLS LAST"));

    private static string Expression(RowQuery query, SortColumn sort) =>
        sort.Column.Kind == ColumnKind.Text && !query.Schema.Key.Contains(sort.Column.Name)
            ? $"left({Name(sort.Column)}, {SortedTextLength})"
            : Name(sort.Column);

    private string Where(RowQuery query, IReadOnlyList<object?>? after)
    {
        var conditions = query.Filters.Select(Condition).ToList();
        if (after is not null)
        {
            conditions.Add(After(query, after));
        }

        return conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
    }

    private string Condition(RowFilter filter)
    {
        var name = Name(filter.Column);
        return filter.Operator switch
        {
            FilterOperator.IsNull => $"{name} IS NULL",
            FilterOperator.IsNotNull => $"{name} IS NOT NULL",
            FilterOperator.In => $"{name} IN ({string.Join(", ", filter.Values.Select(value => Parameter(filter.Column, value)))})",
            FilterOperator.Contains => $"contains(lower({name}), lower({Parameter(filter.Column, filter.Values[0])}))",
            FilterOperator.StartsWith => $"starts_with(lower({name}), lower({Parameter(filter.Column, filter.Values[0])}))",
            var comparison => $"{name} {Sign(comparison)} {Parameter(filter.Column, filter.Values[0])}",
        };
    }

    private static string Sign(FilterOperator comparison) =>
        comparison switch
        {
            FilterOperator.Equal => "=",
            FilterOperator.NotEqual => "IS DISTINCT FROM",
            FilterOperator.Less => "<",
            FilterOperator.LessOrEqual => "<=",
            FilterOperator.Greater => ">",
            FilterOperator.GreaterOrEqual => ">=",
            _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "No comparison."),
        };

    /// <summary>
    /// Behind a row in the total order: equal in the first columns and behind in the next one. Behind a value are the greater (or
    /// lesser) ones and null; behind null is nothing.
    /// </summary>
    private string After(RowQuery query, IReadOnlyList<object?> after)
    {
        var order = query.TotalOrder;
        var values = order.Select((sort, i) => after[i] is { } value ? Parameter(sort.Column, value) : "NULL").ToList();
        var behind = "false";
        for (var i = order.Count - 1; i >= 0; i--)
        {
            var expression = Expression(query, order[i]);
            var isBehind = after[i] is null ? "false" : $"({expression} {(order[i].IsDescending ? "<" : ">")} {values[i]} OR {expression} IS NULL)";
            behind = $"({isBehind} OR ({expression} IS NOT DISTINCT FROM {values[i]} AND {behind}))";
        }

        // Says nothing new, but in a form that lets DuckDB skip row groups: the files are ordered by key.
        return query.Sort.Count == 0 ? $"{Expression(query, order[0])} >= {values[0]} AND {behind}" : behind;
    }

    private string Parameter(DatasetColumn column, object value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"p{_parameters.Count}");
        _parameters.Add(new DuckDBParameter(name, value));
        var type = column.Kind == ColumnKind.Integer ? "BIGINT" : column.Type;
        return $"CAST(${name} AS {type})";
    }
}
