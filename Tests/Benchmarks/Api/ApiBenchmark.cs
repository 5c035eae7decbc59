using System.Diagnostics;
using Azure.Data.Tables;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Storage.Tables;
using Marketline.Tests.EndToEnd;
using Marketline.Tests.Storage;

namespace Marketline.Benchmarks.Api;

/// <summary>
/// Reads of a run's status over 64 connections: the app and the storage emulator as processes of their own, the requests from
/// this one, all on the same processors.
/// </summary>
internal static class ApiBenchmark
{
    private const int ConnectionCount = 64;
    private const int Rounds = 3;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(6);
    private static readonly TenantId Tenant = TenantId.Parse("benchmark");

    public static async Task RunAsync(BenchmarkReport report)
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        var folder = Directory.CreateTempSubdirectory("api-benchmark-");
        try
        {
            await using var app = await RunningApp.StartAsync(azurite.ConnectionString, folder.FullName, ("Logging__LogLevel__Default", "Warning"));
            var tables = new TableProvider(new TableServiceClient(azurite.ConnectionString));
            var (key, closed, underWay) = await PrepareAsync(app, tables);
            await MeasureAsync(report, app, tables, key, closed, underWay);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(BenchmarkReport report, RunningApp app, TableProvider tables, string key, RunId closed, RunId underWay)
    {
        var load = new HttpLoad(app.Address, ConnectionCount);
        var authorization = $"Authorization: Bearer {key}";
        var tag = await TagAsync(app, key, closed);
        var requests = new (string Name, Func<Task<LoadResult>> Run)[]
        {
            ("yardstick: health, no key and no storage", () => load.RunAsync("api/health", Duration)),
            ("status of a closed run", () => load.RunAsync($"api/runs/{closed}", Duration, authorization)),
            ("status of a run under way", () => load.RunAsync($"api/runs/{underWay}", Duration, authorization)),
            ("status of a closed run, unchanged (304)", () => load.RunAsync($"api/runs/{closed}", Duration, authorization, $"If-None-Match: {tag}")),
        };
        await load.RunAsync($"api/runs/{underWay}", WarmUp, authorization);
        await load.RunAsync("api/health", WarmUp);

        // Taken in turns, so that what else the machine does slows all of them alike.
        var results = requests.ToDictionary(request => request.Name, _ => new List<LoadResult>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var (name, run) in requests)
            {
                results[name].Add(await run());
            }
        }

        report.Yardstick("yardstick: point reads of the emulator, 64 at once", await PointReadsAsync(tables, closed), "reads/s");
        foreach (var (name, own) in results)
        {
            Report(report, name, own);
        }
    }

    private static void Report(BenchmarkReport report, string name, List<LoadResult> rounds)
    {
        var rate = Median(rounds.Select(round => round.RequestsPerSecond));
        var p99 = Median(rounds.Select(round => round.P99Milliseconds));
        if (name.StartsWith("yardstick", StringComparison.Ordinal))
        {
            report.Yardstick(name, rate, "requests/s");
            report.Yardstick($"{name}: p99", p99, "ms");
        }
        else
        {
            report.AtLeast(name, rate, "requests/s", 2_000);
            report.Yardstick($"{name}: median", Median(rounds.Select(round => round.MedianMilliseconds)), "ms");
            report.AtMost($"{name}: p99", p99, "ms", 50);
        }
    }

    private static async Task<(string Key, RunId Closed, RunId UnderWay)> PrepareAsync(RunningApp app, TableProvider tables)
    {
        var key = await app.CreateKeyAsync(Tenant.Value);
        var unlimited = new TenantLimits { MaxRequestsPerMinute = 100_000_000 };
        await new TableTenantStore(tables).UpdateAsync(Tenant, tenant => tenant with { Limits = unlimited }, default);

        var slot = new DateTimeOffset(2026, 11, 21, 3, 15, 0, TimeSpan.Zero);
        var (closed, underWay) = (NewRun(slot), NewRun(slot.AddHours(1)));
        var runs = new TableRunStore(tables);
        await runs.TryAddAsync(new RunRecord { Run = underWay, Status = RunStatus.Running, StartedUtc = slot }, default);
        await runs.TryAddAsync(
            new RunRecord
            {
                Run = closed,
                Status = RunStatus.CompletedWithErrors,
                StartedUtc = slot,
                FinishedUtc = slot.AddMinutes(9),
                PageCount = 20_000,
                Objects = new ObjectCounts { Ingested = 20_000, Delivered = 19_990, Failed = 10 },
                Problems = [.. Enumerable.Range(0, 5).Select(batch => $"batch {batch}: crawl-failed: the step broke")],
                IsLineageComplete = true,
            },
            default
        );
        return (key, closed.RunId, underWay.RunId);
    }

    private static RunRef NewRun(DateTimeOffset slot) =>
        new() { RunId = new RunId(Tenant, PlanId.Parse("pages"), slot), Platform = "generic-shop", Kind = CrawlKind.Products };

    private static async Task<string> TagAsync(RunningApp app, string key, RunId runId)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        using var answer = await http.GetAsync(new Uri(app.Address, $"api/runs/{runId}"));
        return answer.Headers.ETag!.ToString();
    }

    /// <summary>What a status would cost without a cache.</summary>
    private static async Task<double> PointReadsAsync(TableProvider tables, RunId runId)
    {
        const int Count = 5_000;
        var runs = new TableRunStore(tables);
        await runs.FindAsync(runId, default);
        var begun = Stopwatch.GetTimestamp();
        var options = new ParallelOptions { MaxDegreeOfParallelism = ConnectionCount };
        await Parallel.ForAsync(0, Count, options, async (_, token) => await runs.FindAsync(runId, token));
        return Count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
