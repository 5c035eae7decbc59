using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Marketline.Benchmarks.Scrapy;

/// <summary>
/// Fetching, extracting and writing batches beside Scrapy: the same site in a process of its own, the same fields, no delay, taking
/// turns. Ours is the crawler with its guard, robots.txt and pacing, a WARC archive, extraction of all sources, cleaning and Parquet;
/// Scrapy's is a spider with selectors for just this site that writes JSON lines (Debian's python3-scrapy).
/// </summary>
internal static partial class ScrapyBenchmark
{
    private const int PageCount = 2_000;
    private const int LargeFactor = 10;
    private const int Rounds = 3;
    private const int BatchSize = 200;
    private const int BatchesAtATime = 4;

    public static async Task RunAsync(BenchmarkReport report)
    {
        using var site = await SiteProcess.StartAsync(ProductSite.Argument);
        var folder = Directory.CreateTempSubdirectory("scrapy-benchmark-");
        try
        {
            await CrawlAsync(site.Address, folder, PageCount);
            var (ours, theirs) = (new List<Measured>(), new List<Measured>());
            for (var round = 0; round < Rounds; round++)
            {
                theirs.Add(await ScrapyAsync(site.Address, folder, PageCount));
                ours.Add(await CrawlAsync(site.Address, folder, PageCount));
            }

            var (our, their) = (Median(ours), Median(theirs));
            report.Yardstick("Scrapy", their.PagesPerSecond, "pages/s");
            report.Yardstick("Scrapy, per core second", their.PagesPerCoreSecond, "pages");
            report.Yardstick("Marketline", our.PagesPerSecond, "pages/s");
            report.Yardstick("Marketline, per core second", our.PagesPerCoreSecond, "pages");
            report.AtLeast("Marketline against Scrapy, on the machine", our.PagesPerSecond / their.PagesPerSecond, "times", 5);
            report.Yardstick("per core second", our.PagesPerCoreSecond / their.PagesPerCoreSecond, "times");

            var large = await CrawlAsync(site.Address, folder, LargeFactor * PageCount);
            report.AtMost($"{LargeFactor * PageCount:N0} pages against {PageCount:N0}", large.Seconds / our.Seconds, "times", 10.5);
            report.AtMost("peak memory of the process", PeakMemory.Megabytes(), "MB", 400);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Measured> CrawlAsync(Uri site, DirectoryInfo folder, int pageCount)
    {
        await using var batches = new BatchPath(site, folder);
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var written = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, pageCount).Chunk(BatchSize),
            new ParallelOptions { MaxDegreeOfParallelism = BatchesAtATime },
            async (numbers, token) => Interlocked.Add(ref written, await CountAsync(batches, numbers, token))
        );
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        return written == pageCount
            ? new Measured(pageCount, seconds, (process.TotalProcessorTime - cpu).TotalSeconds)
            : throw new InvalidOperationException($"{written} of {pageCount} pages gave an offer with all its fields.");
    }

    private static async Task<int> CountAsync(BatchPath batches, int[] numbers, CancellationToken cancellationToken)
    {
        var (_, offers) = await batches.RunAsync($"batch-{numbers[0]}", numbers.Select(number => $"/p/{number}"), cancellationToken);
        return offers.Count(offer => offer is { Price: > 0, Sku: not null, Gtin: not null, Brand: not null });
    }

    private static async Task<Measured> ScrapyAsync(Uri site, DirectoryInfo folder, int pageCount)
    {
        var spider = Path.Combine(Tests.RepositoryPaths.Root, "Tests", "Benchmarks", "Scrapy", "shop_spider.py");
        var items = Path.Combine(folder.FullName, $"items-{Guid.NewGuid():N}.jsonl");
        var command = $"time -p scrapy runspider '{spider}' -a site={site.GetLeftPart(UriPartial.Authority)} -a pages={pageCount} -o '{items}'";
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardError = true, WorkingDirectory = folder.FullName })!;
        var output = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (Result().Match(output) is not { Success: true } result || File.ReadLines(items).Count() != pageCount)
        {
            throw new InvalidOperationException($"Scrapy did not get all pages (apt-get install python3-scrapy): {output}");
        }

        return new Measured(pageCount, Number(result, "seconds"), Number(Times().Match(output), "user") + Number(Times().Match(output), "sys"));
    }

    private static Measured Median(IEnumerable<Measured> rounds) => rounds.OrderBy(round => round.Seconds).ElementAt(Rounds / 2);

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"seconds=(?<seconds>[\d.]+) items=(?<items>\d+)")]
    private static partial Regex Result();

    [GeneratedRegex(@"user (?<user>[\d.]+)\s+sys (?<sys>[\d.]+)")]
    private static partial Regex Times();

    private sealed record Measured(int PageCount, double Seconds, double CoreSeconds)
    {
        public double PagesPerSecond => PageCount / Seconds;

        public double PagesPerCoreSecond => PageCount / CoreSeconds;
    }
}
