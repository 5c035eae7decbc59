using System.Diagnostics;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.LocalHost.Cli;
using Marketline.LocalHost.Cli.Api;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Tests.EndToEnd;
using Marketline.Tests.Storage;

namespace Marketline.Benchmarks.Pipeline;

/// <summary>
/// What a plan's further runs cost over a shop that has not changed (1 000 pages of 60 kB, no politeness delay, no ETag), and whether a
/// plan keeps a pace of ten seconds: from the request that starts a run to its last lineage row.
/// </summary>
internal static class AgainBenchmark
{
    private const string Shop = "spruce";
    private const string Tenant = "benchmark";
    private const string Plan = "again";
    private const int PageCount = 1_000;
    private const int SlotCount = 12;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(BenchmarkReport report)
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var marketplace = await DemoMarketplaceServer.StartAsync(new DemoMarketplaceOptions { ScalePageCount = PageCount }, default);
        var folder = Directory.CreateTempSubdirectory("again-benchmark-");
        try
        {
            await using var app = await RunningApp.StartAsync(azurite.ConnectionString, folder.FullName, ("CrawlSchedule", "* * * * * *"));
            using var client = await app.CreateTenantAsync(Tenant);
            var site = new PlanSite(new Uri(marketplace.BaseUrl(Shop)));
            await PutAsync(client, site);
            var first = await MeasureAsync(client, marketplace);
            var again = await MeasureAsync(client, marketplace);
            await PutAsync(client, site with { TrustLastModified = true });
            var trusting = await MeasureAsync(client, marketplace);

            report.Yardstick("first run", first.Seconds, "s");
            report.Yardstick("first run", first.Requests, "requests");
            report.AtMost("again, every page asked for, sent and the same", again.Seconds / first.Seconds, "of the first", 0.8);
            report.Yardstick("again", again.Requests, "requests");
            report.AtMost("again, the sitemap is trusted", trusting.Seconds / first.Seconds, "of the first", 0.4);
            report.AtMost("again, the sitemap is trusted", trusting.Requests, "requests", 10);
            await KeepPaceAsync(report, client, site with { TrustLastModified = true });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task PutAsync(ApiClient client, PlanSite site, string? schedule = null) =>
        client.PutPlanAsync(Plan, new PlanBody("generic-shop", CrawlKind.Prices, [site], schedule), default);

    private static async Task<(double Seconds, long Requests)> MeasureAsync(ApiClient client, DemoMarketplaceServer marketplace)
    {
        var before = await RequestsAsync(marketplace);
        var clock = Stopwatch.StartNew();
        var run = await Polling.UntilRecordedAsync(client, await client.StartRunAsync(Plan, default));
        var seconds = clock.Elapsed.TotalSeconds;
        return run.Status == RunStatus.Completed && run.Objects.Delivered + run.Objects.Unchanged >= PageCount
            ? (seconds, await RequestsAsync(marketplace) - before)
            : throw new InvalidOperationException($"The run is not what it should be: {run}");
    }

    private static async Task KeepPaceAsync(BenchmarkReport report, ApiClient client, PlanSite site)
    {
        await PutAsync(client, site, "*/10 * * * * *");
        var slot = new DateTimeOffset((DateTimeOffset.UtcNow.UtcTicks / Pace.Ticks + 2) * Pace.Ticks, TimeSpan.Zero);
        var slots = Enumerable.Range(0, SlotCount).Select(number => slot + (number * Pace)).ToList();
        await Task.Delay(slots[^1] + Pace - DateTimeOffset.UtcNow);
        var runs = new List<(DateTimeOffset Due, RunState Run)>();
        foreach (var due in slots)
        {
            if (await FindAsync(client, new RunId(TenantId.Parse(Tenant), PlanId.Parse(Plan), due).Value) is { } run)
            {
                runs.Add((due, run));
            }
        }

        report.AtLeast("plan of ten seconds: slots in two minutes that ran", runs.Count(found => found.Run.Objects.Unchanged >= PageCount), "runs", SlotCount);
        report.AtMost("start after its slot, the most", runs.Max(found => (found.Run.StartedUtc!.Value - found.Due).TotalSeconds), "s", 2);
        report.AtMost("run of 1 000 unchanged pages, the longest", runs.Max(found => (found.Run.FinishedUtc!.Value - found.Run.StartedUtc!.Value).TotalSeconds), "s", Pace.TotalSeconds);
    }

    /// <returns>Null for a slot that was skipped because the run before it went on.</returns>
    private static async Task<RunState?> FindAsync(ApiClient client, string runId)
    {
        try
        {
            return await Polling.UntilRecordedAsync(client, runId);
        }
        catch (CliException)
        {
            return null;
        }
    }

    private static async Task<long> RequestsAsync(DemoMarketplaceServer marketplace)
    {
        using var http = new HttpClient();
        await using var answer = await http.GetStreamAsync(new Uri(marketplace.IndexUrl, "/_control/requests"));
        using var document = await JsonDocument.ParseAsync(answer);
        return document.RootElement.GetProperty(Shop).GetProperty("total").GetInt64();
    }
}
