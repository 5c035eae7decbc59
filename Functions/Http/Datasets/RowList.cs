using Marketline.Analytics.Query;

namespace Marketline.Functions.Http.Datasets;

/// <summary>A page of rows, each a JSON object with all its columns.</summary>
/// <param name="Version">Of the dataset that the page was read from.</param>
/// <param name="Next">The cursor of the next page; none after the last one.</param>
internal sealed record RowList(IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows, int Version, string? Next)
{
    public static RowList Of(RowQuery query, QueryPage page) =>
        new(
            [.. page.Rows.Select(row => query.Columns.Zip(row).ToDictionary(cell => cell.First.Name, cell => Json(cell.Second)))],
            page.Version,
            page.Next
        );

    /// <summary>Times in the form that downloads have as well.</summary>
    private static object? Json(object? value) => value is DateTimeOffset instant ? RowFormat.Text(instant) : value;
}
