using System.Text.Json.Serialization;

namespace Marketline.Analytics.Query;

/// <summary>A column of a dataset as readers see it.</summary>
/// <param name="Type">DuckDB's name of it, as in the files.</param>
/// <param name="Meaning">As on the dataset's page in docs/datasets: Markdown.</param>
public sealed record DatasetColumn(string Name, string Type, bool IsNullable, string Meaning)
{
    /// <summary>Older files, which stay current until their platform's next run, lack it.</summary>
    [JsonIgnore]
    public bool IsAdded { get; init; }

    [JsonIgnore]
    public ColumnKind Kind { get; } =
        Type switch
        {
            "VARCHAR" => ColumnKind.Text,
            "INTEGER" or "BIGINT" => ColumnKind.Integer,
            "DOUBLE" => ColumnKind.Number,
            "BOOLEAN" => ColumnKind.Boolean,
            "DATE" => ColumnKind.Date,
            "TIMESTAMPTZ" => ColumnKind.Instant,
            _ when Type.StartsWith("DECIMAL(", StringComparison.Ordinal) => ColumnKind.Decimal,
            _ => throw new ArgumentException($"No reader knows the type {Type} of column {Name}.", nameof(Type)),
        };
}
