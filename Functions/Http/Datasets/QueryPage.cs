namespace Marketline.Functions.Http.Datasets;

/// <param name="Version">Of the dataset that the rows were read from.</param>
/// <param name="Next">The signed cursor of the next page; null after the last one.</param>
public sealed record QueryPage(IReadOnlyList<object?[]> Rows, int Version, string? Next);
