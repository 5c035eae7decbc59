using System.Diagnostics;
using System.Globalization;
using Marketline.Analytics;
using Marketline.Analytics.Clean;
using Marketline.Analytics.Gold;
using Marketline.Core.Clean;
using Marketline.Core.Datasets;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Benchmarks.Gold;

/// <summary>
/// Clean batches of 200 offers, and the aggregation of a run over a previous latest dataset of the same size: 20 000 offers,
/// then ten times as many.
/// </summary>
internal sealed class GoldBenchmark : IDisposable
{
    private const int BatchSize = 200;
    private const int SmallRun = 20_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("gold-benchmark-").FullName;
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddAnalytics(new ConfigurationBuilder().Build())
        .BuildServiceProvider();

    public static async Task RunAsync(BenchmarkReport report)
    {
        using var benchmark = new GoldBenchmark();
        await benchmark.MeasureAsync(2_000);

        var small = await benchmark.MeasureAsync(SmallRun);
        report.AtMost("clean batch of 200 offers", small.BatchMilliseconds, "ms", 25);
        report.AtMost("gold, 20 000 offers over 20 000", small.GoldSeconds, "s", 3);
        report.AtMost("its peak memory", small.PeakMegabytes, "MB", 300);

        var large = await benchmark.MeasureAsync(SmallRun * 10);
        report.AtMost("gold, 200 000 offers over 200 000", large.GoldSeconds / small.GoldSeconds, "times 20 000", 11);
        report.Yardstick("its time", large.GoldSeconds, "s");
        report.Yardstick("its peak memory, memory_limit 512 MB", large.PeakMegabytes, "MB");
    }

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<(double BatchMilliseconds, double GoldSeconds, double PeakMegabytes)> MeasureAsync(int offerCount)
    {
        var first = await WriteBatchesAsync(offerCount, run: 0);
        var clock = Stopwatch.StartNew();
        var second = await WriteBatchesAsync(offerCount, run: 1);
        var batchMilliseconds = clock.Elapsed.TotalMilliseconds / second.Count;

        var previous = await AggregateAsync("run0", first, []);
        ResetPeakMemory();
        clock.Restart();
        await AggregateAsync("run1", second, previous.Files.Where(f => f.Dataset == DatasetNames.LatestOffers).Select(f => f.Path));
        return (batchMilliseconds, clock.Elapsed.TotalSeconds, PeakMegabytes());
    }

    private Task<GoldResult> AggregateAsync(string runId, IReadOnlyList<CleanBatchFile> batches, IEnumerable<string> previous) =>
        _services
            .GetRequiredService<GoldAggregator>()
            .AggregateOffersAsync(
                new GoldJob
                {
                    RunId = runId,
                    Dt = new DateOnly(2026, 11, 21),
                    Batches = batches,
                    PreviousFiles = [.. previous],
                    WorkFolder = NewFolder(),
                },
                CancellationToken.None
            );

    private async Task<List<CleanBatchFile>> WriteBatchesAsync(int offerCount, int run)
    {
        var folder = NewFolder();
        var files = new List<CleanBatchFile>();
        for (var batch = 0; batch * BatchSize < offerCount; batch++)
        {
            var offers = Enumerable.Range(batch * BatchSize, BatchSize).Select(i => Offer(i, run)).ToList();
            var path = Path.Combine(folder, $"batch-{batch:D5}.parquet");
            await _services.GetRequiredService<CleanBatchWriter>().WriteOffersAsync(offers, path, CancellationToken.None);
            files.Add(new CleanBatchFile(batch, path));
        }

        return files;
    }

    /// <summary>In the second run every fifth price is another one, and every ninth offer's availability.</summary>
    private static Offer Offer(int number, int run)
    {
        var url = $"https://shop.example/products/{number}/a-name-of-some-length-as-shops-have-it";
        var price = (number % 1_000) + 1m + (number % 5 == 0 ? run : 0);
        var availability = number % 9 == run ? Availability.OutOfStock : Availability.InStock;
        return new Offer
        {
            ObjectKey = ObjectKey.FromUrl(url),
            Platform = "generic",
            Site = "shop.example",
            Url = url,
            SeenUtc = new DateTimeOffset(2026, 11, 20 + run, 12, 0, number % 60, TimeSpan.Zero),
            Name = $"Product number {number} in colour {number % 7}",
            Price = price,
            CurrencyCode = "EUR",
            ListPrice = price + 20,
            Availability = availability,
            Condition = ItemCondition.New,
            Sku = $"SKU-{number}",
            Brand = $"Brand {number % 50}",
            Category = $"Category {number % 40}",
            ImageUrl = $"https://cdn.example/images/{number}.jpg",
            RatingValue = 4.5m,
            ReviewCount = number % 300,
            PriceRaw = string.Create(CultureInfo.InvariantCulture, $"{price} €"),
            PriceSource = ExtractionSource.JsonLd,
            PriceLocation = "$.offers.price",
            PriceConfidence = 0.9,
            ContentHash = Digest.Of($"{number} {price} {availability}"),
        };
    }

    private static void ResetPeakMemory() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static double PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private string NewFolder() => Directory.CreateDirectory(Path.Combine(_folder, Guid.NewGuid().ToString("N"))).FullName;
}
