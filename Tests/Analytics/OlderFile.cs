using DuckDB.NET.Data;
using Marketline.Analytics.DuckDb;

namespace Marketline.Tests.Analytics;

/// <summary>Makes files what they were before schema version 2: without the columns that it added.</summary>
internal static class OlderFile
{
    private static readonly string[] Added = ["scope", "shipping_price", "image_urls", "product_seen_utc", "price_seen_utc"];

    /// <summary>In place.</summary>
    public static void Make(string path)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        var present = Workspace.Rows($"(SELECT name FROM parquet_schema({SqlText.FileList([path])}))").Where(Added.Contains);
        using var copy = new DuckDBCommand(
            $"COPY (SELECT * EXCLUDE (filename, file_row_number, {string.Join(", ", present)}) REPLACE (1 AS schema_version) FROM {SqlText.ReadParquet([path])}) TO {SqlText.Literal($"{path}.old")} (FORMAT parquet)",
            connection
        );
        copy.ExecuteNonQuery();
        File.Move($"{path}.old", path, overwrite: true);
    }
}
