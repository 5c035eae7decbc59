using System.Diagnostics;
using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Extract;
using Marketline.Platforms.Render;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Benchmarks.Render;

/// <summary>
/// The demo shop that is built by script, with pages of 100 kB and no politeness delay: pages a second as one worker renders them,
/// and the memory of the browser and of the driver, beside the same pages as sent.
/// </summary>
internal static class RenderBenchmark
{
    private const int PageCount = 120;

    public static async Task RunAsync(BenchmarkReport report)
    {
        await using var shop = await DemoMarketplaceServer.StartAsync(
            new DemoMarketplaceOptions { Shops = ["hazel"], ProductsPerShop = PageCount, PageSizeBytes = 100_000 },
            CancellationToken.None
        );
        var targets = shop.GroundTruth("hazel", 0).Where(line => line.Expected.Products.State == "delivered").Select(line => new CrawlTarget(line.Url)).ToList();
        await using var services = Services();
        var browsers = services.GetRequiredService<BrowserPool>();

        var (plainSeconds, _) = await CrawlAsync(services, targets, render: null);
        report.Yardstick("the same pages as sent, not rendered", targets.Count / plainSeconds, "pages/s");

        // The browser starts, and the code is compiled.
        await CrawlAsync(services, targets[..10], Wish());
        using var stop = new CancellationTokenSource();
        var watching = PeakAsync(browsers, stop.Token);
        var (seconds, found) = await CrawlAsync(services, targets, Wish());
        await stop.CancelAsync();
        var (browser, driver) = await watching;

        report.AtLeast("rendered, two at a time", targets.Count / seconds, "pages/s", 1);
        report.AtLeast("of these, with their product", found * 100.0 / targets.Count, "%", 100);
        report.AtMost("peak of the browser's processes (PSS)", browser, "MB", 1_536);
        report.Yardstick("peak of the driver (PSS)", driver, "MB");
    }

    private static RenderWish Wish() => new(RenderMode.Auto, page => PageYield.Of(ProductPageReader.Read(page)), WantsOffers: true);

    private static async Task<(double Seconds, int FoundCount)> CrawlAsync(ServiceProvider services, List<CrawlTarget> targets, RenderWish? render)
    {
        var found = 0;
        var clock = Stopwatch.StartNew();
        await services.GetRequiredService<BatchCrawler>().CrawlAsync(
            new BatchCrawlRequest { Frontier = CrawlFrontier.Start(targets), DeadlineUtc = DateTimeOffset.UtcNow.AddMinutes(10), Render = render },
            (page, _) =>
            {
                found += page.IsRendered && ProductPageReader.Read(page).Objects.Count > 0 ? 1 : 0;
                return ValueTask.CompletedTask;
            },
            CancellationToken.None
        );
        return (clock.Elapsed.TotalSeconds, found);
    }

    private static async Task<(double Browser, double Driver)> PeakAsync(BrowserPool browsers, CancellationToken stop)
    {
        var (browser, driver) = (0L, 0L);
        while (!stop.IsCancellationRequested)
        {
            browser = Math.Max(browser, await browsers.MemoryBytesAsync() ?? 0);
            driver = Math.Max(driver, Drivers().Sum(ProcessMemory.Bytes));
            await Task.Delay(TimeSpan.FromMilliseconds(250), CancellationToken.None);
        }

        return (browser / 1e6, driver / 1e6);
    }

    /// <summary>The children of this process; the browser is a child of the driver.</summary>
    private static IEnumerable<int> Drivers() =>
        Process.GetCurrentProcess()
            .Threads.Cast<ProcessThread>()
            .SelectMany(Children)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture))
            .Distinct();

    private static string[] Children(ProcessThread thread)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/task/{thread.Id}/children");
        try
        {
            return File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (IOException)
        {
            return []; // The thread has ended.
        }
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCrawl(new ConfigurationBuilder().Build());
        services.Configure<CrawlOptions>(options =>
        {
            options.DelayFloor = TimeSpan.Zero;
            options.AllowedPrivateAddresses.Add("127.0.0.0/8");
            options.AllowedPrivateAddresses.Add("::1/128");
        });
        return services.BuildServiceProvider();
    }
}
