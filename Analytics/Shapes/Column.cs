namespace Marketline.Analytics.Shapes;

/// <summary>A column of a dataset, with DuckDB's name of its type.</summary>
internal sealed record Column(string Name, string Type);
