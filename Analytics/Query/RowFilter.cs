namespace Marketline.Analytics.Query;

/// <summary>A condition on one column.</summary>
/// <param name="Values">Of the column's type: one, several for <see cref="FilterOperator.In"/>, none for a test of null.</param>
public sealed record RowFilter(DatasetColumn Column, FilterOperator Operator, params IReadOnlyList<object> Values);
