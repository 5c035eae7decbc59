using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Marketline.Core.Crawl;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Tests.EndToEnd;
using Marketline.Tests.Storage;

namespace Marketline.Benchmarks.Pipeline;

/// <summary>
/// The whole pipeline over one demo shop (60 kB pages, one product each, no politeness delay): from the request that starts the
/// run to its gold files and its last lineage row. The app, the storage emulator and the shop share this machine.
/// </summary>
internal static class PipelineBenchmark
{
    private const string Shop = "spruce";
    private const int SmallRun = 2_000;
    private const int LargeRun = 20_000;

    public static async Task RunAsync(BenchmarkReport report)
    {
        report.Yardstick("fetch and gzip alone, same pages, 8 at once", await YardstickAsync(SmallRun), "pages/s");
        var small = await MeasureAsync(SmallRun);
        var large = await MeasureAsync(LargeRun);
        report.AtLeast("pipeline, 2 000 pages", SmallRun / small.Seconds, "pages/s", 150);
        report.AtLeast("pipeline, 20 000 pages", LargeRun / large.Seconds, "pages/s", 150);
        report.AtMost("20 000 against 2 000 pages", large.Seconds / small.Seconds, "times", 10.5);
        report.Yardstick("peak memory of the app, 2 000 pages", small.PeakMegabytes, "MB");
        report.AtMost("peak memory of the app, 20 000 pages", large.PeakMegabytes, "MB", small.PeakMegabytes + 50);
    }

    private static async Task<(double Seconds, double PeakMegabytes)> MeasureAsync(int pageCount)
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var marketplace = await StartShopAsync(pageCount);
        var folder = Directory.CreateTempSubdirectory("pipeline-benchmark-");
        try
        {
            await using var app = await RunningApp.StartAsync(azurite.ConnectionString, folder.FullName, ("Admission__MaxBatchesInFlight", "8"));
            using var client = await app.CreateTenantAsync("benchmark");
            var site = new PlanSite(new Uri(marketplace.BaseUrl(Shop)));
            await client.PutPlanAsync("pages", new PlanBody("generic-shop", CrawlKind.Products, [site]), default);

            var clock = Stopwatch.StartNew();
            var runId = await client.StartRunAsync("pages", default);
            var run = await Polling.UntilRecordedAsync(client, runId);
            var seconds = clock.Elapsed.TotalSeconds;
            if (run.Status != RunStatus.Completed || run.Objects.Delivered < pageCount || run.LineageRowCount < pageCount)
            {
                throw new InvalidOperationException($"The run did not deliver all pages: {run}");
            }

            return (seconds, PeakMegabytes(app.ProcessId));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<DemoMarketplaceServer> StartShopAsync(int pageCount) =>
        DemoMarketplaceServer.StartAsync(new DemoMarketplaceOptions { ScalePageCount = pageCount }, default);

    /// <summary>What fetching and archiving alone would cost: HttpClient and gzip, nothing else.</summary>
    private static async Task<double> YardstickAsync(int pageCount)
    {
        await using var marketplace = await StartShopAsync(pageCount);
        using var handler = new SocketsHttpHandler { ConnectCallback = Loopback.ConnectAsync };
        using var http = new HttpClient(handler);
        var urls = marketplace.GroundTruth(Shop, day: 0).Select(line => line.Url).ToList();
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            urls,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (url, token) =>
            {
                var page = await http.GetByteArrayAsync(new Uri(url), token);
                using var archive = new MemoryStream();
                await using var gzip = new GZipStream(archive, CompressionLevel.Fastest);
                await gzip.WriteAsync(page, token);
            }
        );
        return urls.Count / clock.Elapsed.TotalSeconds;
    }

    private static double PeakMegabytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }
}
