using System.Text.Json;

namespace Marketline.Analytics.Query;

/// <summary>Which rows of a dataset, in which order, with which columns. Made by <see cref="RowQueryText"/>, so all of it is valid.</summary>
public sealed record RowQuery
{
    public required DatasetSchema Schema { get; init; }

    /// <summary>All of them have to hold.</summary>
    public IReadOnlyList<RowFilter> Filters { get; init; } = [];

    /// <summary>As asked for; empty: the order of the files, or of the key where an order has to be total.</summary>
    public IReadOnlyList<SortColumn> Sort { get; init; } = [];

    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>Whether the answer is the dataset's files as they are.</summary>
    public bool IsWhole => Filters.Count == 0 && Sort.Count == 0 && Columns.SequenceEqual(Schema.Columns);

    /// <summary>The sort with the key behind it: no two rows are equal in it.</summary>
    public IReadOnlyList<SortColumn> TotalOrder =>
        [
            .. Sort,
            .. Schema.Key.Where(name => Sort.All(sort => sort.Column.Name != name)).Select(name => new SortColumn(Schema.Find(name)!, IsDescending: false)),
        ];

    /// <summary>A text that is equal for queries with the same rows in the same order.</summary>
    public string RowIdentity =>
        JsonSerializer.Serialize(
            new
            {
                Schema.Name,
                Filters = Filters.Select(filter => new { filter.Column.Name, filter.Operator, Values = filter.Values.Select(ColumnValue.Text) }),
                Order = TotalOrder.Select(sort => new { sort.Column.Name, sort.IsDescending }),
            }
        );

    /// <summary>A text that is equal for queries with the same answer.</summary>
    public string Identity => $"{RowIdentity} {string.Join(',', Columns.Select(column => column.Name))}";

    /// <summary>All rows and columns.</summary>
    public static RowQuery All(DatasetSchema schema) => new() { Schema = schema, Columns = schema.Columns };
}
