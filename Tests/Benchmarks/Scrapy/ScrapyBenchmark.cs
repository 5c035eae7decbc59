using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Marketline.Analytics;
using Marketline.Analytics.Clean;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.GenericShop;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

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
        using var site = await SiteProcess.StartAsync();
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
            report.AtMost("peak memory of the process", PeakMegabytes(), "MB", 400);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Measured> CrawlAsync(Uri site, DirectoryInfo folder, int pageCount)
    {
        await using var services = Services();
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var written = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, pageCount).Chunk(BatchSize),
            new ParallelOptions { MaxDegreeOfParallelism = BatchesAtATime },
            async (numbers, token) => Interlocked.Add(ref written, await BatchAsync(services, site, folder, numbers, token))
        );
        var seconds = clock.Elapsed.TotalSeconds;
        process.Refresh();
        return written == pageCount
            ? new Measured(pageCount, seconds, (process.TotalProcessorTime - cpu).TotalSeconds)
            : throw new InvalidOperationException($"{written} of {pageCount} pages gave an offer with all its fields.");
    }

    private static async Task<int> BatchAsync(IServiceProvider services, Uri site, DirectoryInfo folder, int[] numbers, CancellationToken cancellationToken)
    {
        var name = Path.Combine(folder.FullName, $"batch-{numbers[0]}");
        await using (var file = File.Create($"{name}.warc.gz"))
        {
            using var archive = new WarcWriter(file);
            var targets = numbers.Select(number => new CrawlTarget(new Uri(site, $"/p/{number}").AbsoluteUri));
            var request = new BatchCrawlRequest { Frontier = CrawlFrontier.Start(targets), DeadlineUtc = DateTimeOffset.UtcNow.AddMinutes(3) };
            await services.GetRequiredService<BatchCrawler>().CrawlAsync(request, archive.WriteAsync, cancellationToken);
        }

        var connector = services.GetRequiredService<PlatformConnectors>().Get(GenericShopConnector.PlatformName);
        var offers = new List<Offer>(numbers.Length);
        await using (var file = File.OpenRead($"{name}.warc.gz"))
        {
            await foreach (var page in new WarcReader(file).ReadPagesAsync(cancellationToken))
            {
                var context = new CleanContext(connector.Platform, site.Authority, CrawlKind.Products, page.FetchedUtc);
                offers.AddRange(connector.Extract(page, CrawlKind.Products).Objects.Select(found => OfferCleaner.Clean(found, context).Record).OfType<Offer>());
            }
        }

        await services.GetRequiredService<CleanBatchWriter>().WriteOffersAsync(offers, $"{name}.parquet", cancellationToken);
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

    private static ServiceProvider Services()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Crawl:AllowedPrivateAddresses:0"] = "127.0.0.0/8",
            ["Crawl:StartDelay"] = "00:00:00",
            ["Crawl:DelayFloor"] = "00:00:00",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging().AddPlatforms(configuration).AddAnalytics(configuration).BuildServiceProvider();
    }

    private static Measured Median(IEnumerable<Measured> rounds) => rounds.OrderBy(round => round.Seconds).ElementAt(Rounds / 2);

    private static double Number(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static double PeakMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    [GeneratedRegex(@"seconds=(?<seconds>[\d.]+) items=(?<items>\d+)")]
    private static partial Regex Result();

    [GeneratedRegex(@"user (?<user>[\d.]+)\s+sys (?<sys>[\d.]+)")]
    private static partial Regex Times();

    private sealed record Measured(int PageCount, double Seconds, double CoreSeconds)
    {
        public double PagesPerSecond => PageCount / Seconds;

        public double PagesPerCoreSecond => PageCount / CoreSeconds;
    }

    private sealed class SiteProcess(Process process, Uri address) : IDisposable
    {
        public Uri Address => address;

        public static async Task<SiteProcess> StartAsync()
        {
            var start = new ProcessStartInfo("dotnet", [typeof(ProductSite).Assembly.Location, ProductSite.Argument]) { RedirectStandardInput = true, RedirectStandardOutput = true };
            var process = Process.Start(start)!;
            var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The site did not start.");
            return new SiteProcess(process, new Uri(line));
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
