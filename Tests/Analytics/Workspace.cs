using System.Globalization;
using DuckDB.NET.Data;
using Marketline.Analytics;
using Marketline.Analytics.Clean;
using Marketline.Analytics.DuckDb;
using Marketline.Analytics.Gold;
using Marketline.Core.Clean;
using Marketline.Core.Datasets;
using Microsoft.Extensions.Options;

namespace Marketline.Tests.Analytics;

/// <summary>A temp folder with the writer and the aggregator on it, and a look into the files they write.</summary>
internal sealed class Workspace : IDisposable
{
    private readonly DuckDbJobs _jobs;
    private int _folderCount;

    public Workspace(Action<AnalyticsOptions>? configure = null)
    {
        Folder = Directory.CreateTempSubdirectory("analytics-").FullName;
        var options = new AnalyticsOptions { TempDirectory = Path.Combine(Folder, "temp") };
        configure?.Invoke(options);
        _jobs = new DuckDbJobs(Options.Create(options));
        Writer = new CleanBatchWriter(Options.Create(options));
        Aggregator = new GoldAggregator(_jobs, Options.Create(options));
    }

    public string Folder { get; }

    public CleanBatchWriter Writer { get; }

    public GoldAggregator Aggregator { get; }

    public async Task<CleanBatchFile> WriteBatchAsync(int batch, params Offer[] offers)
    {
        var path = Path.Combine(NewFolder(), $"batch-{batch:D5}.parquet");
        await Writer.WriteOffersAsync(offers, path, CancellationToken.None);
        return new CleanBatchFile(batch, path);
    }

    public async Task<CleanBatchFile> WriteBatchAsync(int batch, params Review[] reviews)
    {
        var path = Path.Combine(NewFolder(), $"batch-{batch:D5}.parquet");
        await Writer.WriteReviewsAsync(reviews, path, CancellationToken.None);
        return new CleanBatchFile(batch, path);
    }

    public GoldJob Job(string runId, GoldResult? previous, params CleanBatchFile[] batches) =>
        new()
        {
            RunId = runId,
            Dt = new DateOnly(2026, 11, 21),
            Batches = batches,
            PreviousFiles = previous is null ? [] : Latest(previous),
            WorkFolder = NewFolder(),
        };

    public async Task<GoldResult> AggregateAsync(string runId, GoldResult? previous, params CleanBatchFile[] batches) =>
        await Aggregator.AggregateOffersAsync(Job(runId, previous, batches), CancellationToken.None);

    public static IReadOnlyList<string> Latest(GoldResult result) =>
        result.Files.Where(f => f.Dataset.StartsWith("latest_", StringComparison.Ordinal)).Select(f => f.Path).ToList();

    /// <summary>The rows of the result's files of one dataset, in the files' order, a text each: values with a bar between.</summary>
    public static IReadOnlyList<string> Rows(GoldResult result, string dataset, string columns) =>
        result.Files.Where(f => f.Dataset == dataset).SelectMany(f => Rows(f.Path, columns)).ToList();

    public static IReadOnlyList<string> Rows(string path, string columns) => Rows($"(SELECT {columns} FROM {SqlText.ReadParquet([path])})");

    /// <summary>The rows of a query in brackets.</summary>
    public static IReadOnlyList<string> Rows(string query)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = new DuckDBCommand($"SELECT * FROM {query}", connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader.GetValue(i)))));
        }

        return rows;
    }

    public async Task<IReadOnlyList<RecordOutcome>> OutcomesAsync(BatchOutcomeFile file)
    {
        await using var lines = File.OpenRead(file.Path);
        var outcomes = new List<RecordOutcome>();
        await foreach (var outcome in BatchOutcomeFile.ReadAsync(lines, CancellationToken.None))
        {
            outcomes.Add(outcome);
        }

        return outcomes;
    }

    public string NewFolder() => Directory.CreateDirectory(Path.Combine(Folder, $"{_folderCount++}")).FullName;

    public void Dispose()
    {
        Writer.Dispose();
        _jobs.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string Text(object value) =>
        value switch
        {
            DBNull => "-",
            DateTime time => time.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture),
            DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            decimal number => number.ToString("0.####", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
}
