using System.Text.Json;
using DuckDB.NET.Data;
using Marketline.Analytics.DuckDb;

namespace Marketline.Tests.Analytics;

/// <summary>A look into Parquet files of any columns.</summary>
internal static class Parquet
{
    /// <summary>The files' rows as JSON objects.</summary>
    public static List<JsonElement> Rows(IReadOnlyList<string> files) => files.Count == 0 ? [] : Texts(files).ConvertAll(text => JsonSerializer.Deserialize<JsonElement>(text));

    private static List<string> Texts(IReadOnlyList<string> files)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = new DuckDBCommand(
            "SET TimeZone = 'UTC'; "
                + $"SELECT to_json(r)::VARCHAR FROM (SELECT * EXCLUDE (filename, file_row_number) FROM {SqlText.ReadParquet(files)}) r",
            connection
        );
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
