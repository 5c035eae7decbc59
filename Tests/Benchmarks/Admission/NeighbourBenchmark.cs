using System.Diagnostics;
using System.Net.Http.Headers;
using Marketline.Core.Crawl;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Tests.EndToEnd;
using Marketline.Tests.Storage;

namespace Marketline.Benchmarks.Admission;

/// <summary>
/// The noisy neighbour: twenty tenants with 100 pages each, first among themselves, then while another tenant's run of 50 000
/// pages goes on that began before, and once more without it. The app as it is by default; app, storage emulator and shops share
/// this machine, and what else the machine does hits all rounds.
/// </summary>
internal static class NeighbourBenchmark
{
    private const string Shop = "spruce";
    private const string Plan = "pages";
    private const int SmallCount = 20;
    private const int SmallPages = 100;
    private const int BigSites = 5;
    private const int BigPagesPerSite = 10_000;
    private const int Rounds = 3;

    /// <summary>What the big one has to have done before the others begin: it is in full swing then.</summary>
    private const int BigHeadStart = 2_000;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    public static async Task RunAsync(BenchmarkReport report)
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        var small = await StartShopsAsync(SmallCount, SmallPages);
        var big = await StartShopsAsync(BigSites, BigPagesPerSite);
        var folder = Directory.CreateTempSubdirectory("neighbour-benchmark-");
        try
        {
            await using var app = await RunningApp.StartAsync(azurite.ConnectionString, folder.FullName, ("Admission__MaxBatchesInFlight", "8"));
            await MeasureAsync(report, app, small, big);
        }
        finally
        {
            folder.Delete(recursive: true);
            foreach (var shop in small.Concat(big))
            {
                await shop.DisposeAsync();
            }
        }
    }

    private static async Task MeasureAsync(
        BenchmarkReport report,
        RunningApp app,
        IReadOnlyList<DemoMarketplaceServer> small,
        IReadOnlyList<DemoMarketplaceServer> big
    )
    {
        // Compiles the code and reads each robots.txt.
        await RoundAsync(app, "warm", small);

        var before = await RoundsAsync(app, "before", small);
        var key = await app.CreateKeyAsync("neighbour");
        using var neighbour = app.Client(key);
        await neighbour.PutPlanAsync(Plan, PlanOf(big), default);
        var bigRun = await neighbour.StartRunAsync(Plan, default);
        var clock = Stopwatch.StartNew();
        var headStart = await PagesAsync(neighbour, bigRun, atLeast: BigHeadStart);
        report.Yardstick("the big one alone", headStart / clock.Elapsed.TotalSeconds, "pages/s");

        clock.Restart();
        var beside = await RoundsAsync(app, "beside", small);
        var meanwhile = await PagesAsync(neighbour, bigRun, atLeast: 0) - headStart;
        report.AtLeast("the big one beside the small ones", meanwhile / clock.Elapsed.TotalSeconds, "pages/s", 1);
        await EndAsync(app, key, neighbour, bigRun);

        var after = await RoundsAsync(app, "after", small);
        var alone = Median([.. before, .. after]);
        report.Yardstick($"{SmallCount} small runs among themselves, median finish", alone, "s");
        report.Yardstick("  before / after the big one", Median(before) / Median(after), "times");
        report.Yardstick("the same beside the big one", Median(beside), "s");
        report.AtMost("factor", Median(beside) / alone, "times", 1.5);
    }

    private static async Task<List<double>> RoundsAsync(RunningApp app, string name, IReadOnlyList<DemoMarketplaceServer> shops)
    {
        var medians = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            medians.Add(await RoundAsync(app, $"{name}{round}", shops));
        }

        return medians;
    }

    private static async Task EndAsync(RunningApp app, string key, ApiClient client, string runId)
    {
        if ((await client.GetRunAsync(runId, default)).IsOver)
        {
            throw new InvalidOperationException("The big run was over before the small ones were.");
        }

        using var http = new HttpClient { BaseAddress = app.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await http.PostAsync(new Uri($"api/runs/{runId}/cancel", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
        using var timer = new PeriodicTimer(Period);
        while (!(await client.GetRunAsync(runId, default)).IsLineageComplete)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    /// <returns>The median of the small runs' times from request to result, in seconds.</returns>
    private static async Task<double> RoundAsync(RunningApp app, string round, IReadOnlyList<DemoMarketplaceServer> shops)
    {
        var clients = new List<ApiClient>();
        for (var i = 0; i < shops.Count; i++)
        {
            clients.Add(await app.CreateTenantAsync($"{round}x{i}"));
            await clients[i].PutPlanAsync(Plan, PlanOf([shops[i]]), default);
        }

        var times = await Task.WhenAll(clients.Select(FinishAsync));
        clients.ForEach(client => client.Dispose());
        return Median(times);
    }

    private static async Task<double> FinishAsync(ApiClient client)
    {
        var startedUtc = DateTimeOffset.UtcNow;
        var runId = await client.StartRunAsync(Plan, default);
        using var timer = new PeriodicTimer(Period);
        RunState run;
        do
        {
            await timer.WaitForNextTickAsync();
            run = await client.GetRunAsync(runId, default);
        } while (run.FinishedUtc is null || !run.IsOver);

        return run.Status == RunStatus.Completed && run.Objects.Delivered >= SmallPages
            ? (run.FinishedUtc.Value - startedUtc).TotalSeconds
            : throw new InvalidOperationException($"A small run did not deliver all pages: {run}");
    }

    private static async Task<long> PagesAsync(ApiClient client, string runId, long atLeast)
    {
        using var timer = new PeriodicTimer(Period);
        while (true)
        {
            var pages = (await client.GetRunAsync(runId, default)).Progress?.PagesDone ?? 0;
            if (pages >= atLeast)
            {
                return pages;
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private static PlanBody PlanOf(IReadOnlyList<DemoMarketplaceServer> shops) =>
        new("generic-shop", CrawlKind.Products, [.. shops.Select(shop => new PlanSite(new Uri(shop.BaseUrl(Shop))))]);

    private static async Task<IReadOnlyList<DemoMarketplaceServer>> StartShopsAsync(int count, int pageCount)
    {
        var shops = new List<DemoMarketplaceServer>();
        for (var i = 0; i < count; i++)
        {
            shops.Add(await DemoMarketplaceServer.StartAsync(new DemoMarketplaceOptions { ScalePageCount = pageCount }, default));
        }

        return shops;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
