using Marketline.Analytics.Query;
using Microsoft.AspNetCore.Http;

namespace Marketline.Functions.Http.Datasets;

/// <summary>A form that a dataset can be downloaded in.</summary>
/// <param name="Rows">How rows are written one by one; null: Parquet, a file as a whole.</param>
public sealed record DownloadFormat(string Name, string ContentType, RowFormat? Rows)
{
    private static readonly DownloadFormat Parquet = new("parquet", "application/vnd.apache.parquet", null);
    private static readonly DownloadFormat JsonLines = new("jsonl", "application/x-ndjson", RowFormat.JsonLines);
    private static readonly DownloadFormat Csv = new("csv", "text/csv; charset=utf-8; header=present", RowFormat.Csv);
    private static readonly DownloadFormat RawCsv = Csv with { Rows = RowFormat.RawCsv };

    /// <returns>The format, or the problem with what was sent.</returns>
    public static (DownloadFormat? Format, IResult? Problem) Read(HttpRequest request)
    {
        var formulas = request.Query["formulas"].ToString();
        if (formulas is not ("" or "guard" or "raw"))
        {
            return (null, Problems.Field("formulas", "guard (the default) or raw is expected."));
        }

        return request.Query["format"].ToString() switch
        {
            "parquet" => (Parquet, null),
            "csv" => (formulas == "raw" ? RawCsv : Csv, null),
            "" or "jsonl" => (JsonLines, null),
            _ => (null, Problems.Field("format", "parquet, csv or jsonl (the default) is expected.")),
        };
    }
}
