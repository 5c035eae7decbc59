namespace Marketline.Analytics.Query;

/// <summary>Some rows of a query in its total order.</summary>
/// <param name="Rows">A value per column of the query.</param>
/// <param name="Next">Where the next page begins, for <see cref="DatasetQuery.ReadPageAsync"/>; null after the last row.</param>
public sealed record RowPage(IReadOnlyList<object?[]> Rows, string? Next);
