using System.Diagnostics;
using System.Threading.Channels;
using Marketline.Core.Admission;
using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.LocalHost.Engine;
using Marketline.Storage;
using Marketline.Storage.Blobs;
using Marketline.Tests.Functions;
using Marketline.Tests.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Marketline.Benchmarks.Admission;

/// <summary>Starting many runs at once, and how many tickets a second one pool takes from one, two and four workers.</summary>
internal static class AdmissionBenchmark
{
    private const int RunCount = 1_000;
    private const int CallerCount = 64;
    private const int SingleCount = 200;
    private const int BatchCallers = 16;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(BenchmarkReport report)
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        var folder = Directory.CreateTempSubdirectory("admission-benchmark-");
        try
        {
            var options = new DurableEngineOptions { DatabasePath = Path.Combine(folder.FullName, "engine.db") };
            await using var engine = new DurableEngine(options, TimeProvider.System, NullLoggerFactory.Instance);
            var running = Channel.CreateUnbounded<string>();
            engine.AddOrchestrator(
                RunContracts.Orchestrator,
                context =>
                {
                    running.Writer.TryWrite(context.InstanceId);
                    return Task.FromResult<object?>(null);
                }
            );
            await engine.StartAsync(CancellationToken.None);

            await StartSecondsAsync(azurite, engine, running.Reader, "warm", tenantCount: 10, RunCount, RunCount);
            report.AtMost("1 000 starts of one tenant until all of them run", await StartSecondsAsync(azurite, engine, running.Reader, "one", 1, RunCount, RunCount), "s", 5);
            report.AtMost("1 000 starts of twenty tenants until all of them run", await StartSecondsAsync(azurite, engine, running.Reader, "many", 20, RunCount, RunCount), "s", 5);
            report.AtMost("1 000 starts of one tenant, 20 of them run, the others wait", await StartSecondsAsync(azurite, engine, running.Reader, "queue", 1, 20, 20), "s", 5);
            await MeasureSingleAsync(report, azurite, engine, running.Reader);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        foreach (var workers in new[] { 1, 2, 4 })
        {
            report.Yardstick($"batches through one pool, {workers} worker(s) of {BatchCallers} callers", await BatchesPerSecondAsync(azurite, workers), "batches/s");
        }
    }

    /// <summary>One after the other, each until its orchestration runs.</summary>
    private static async Task MeasureSingleAsync(BenchmarkReport report, AzuriteProcess azurite, DurableEngine engine, ChannelReader<string> running)
    {
        await using var storage = Storage(azurite);
        var setup = new StarterSetup(storage);
        var tenant = TenantId.Parse("single");
        await setup.AddTenantAsync(tenant, new TenantLimits { MaxActiveRuns = RunCount });
        var milliseconds = new List<double>();
        for (var i = 0; i < SingleCount; i++)
        {
            var clock = Stopwatch.StartNew();
            await StartAsync(setup, engine, tenant, i);
            await running.ReadAsync();
            milliseconds.Add(clock.Elapsed.TotalMilliseconds);
        }

        milliseconds.Sort();
        report.AtMost("one start until it runs, median", milliseconds[SingleCount / 2], "ms", 200);
        report.AtMost("the same, 99th percentile", milliseconds[SingleCount * 99 / 100], "ms", 200);
    }

    /// <returns>From the first request until so many runs are running.</returns>
    private static async Task<double> StartSecondsAsync(
        AzuriteProcess azurite,
        DurableEngine engine,
        ChannelReader<string> running,
        string name,
        int tenantCount,
        int maxActiveRuns,
        int runningCount
    )
    {
        await using var storage = Storage(azurite);
        var setup = new StarterSetup(storage);
        var tenants = Enumerable.Range(0, tenantCount).Select(i => TenantId.Parse($"{name}{i}")).ToList();
        foreach (var tenant in tenants)
        {
            await setup.AddTenantAsync(tenant, new TenantLimits { MaxActiveRuns = maxActiveRuns });
        }

        var clock = Stopwatch.StartNew();
        await Parallel.ForAsync(
            0,
            RunCount,
            new ParallelOptions { MaxDegreeOfParallelism = CallerCount },
            async (i, _) => await StartAsync(setup, engine, tenants[i % tenantCount], i)
        );
        for (var i = 0; i < runningCount; i++)
        {
            await running.ReadAsync();
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static async Task StartAsync(StarterSetup setup, DurableEngine engine, TenantId tenant, int number)
    {
        var request = new RunRequest
        {
            Plan = PlanOf(tenant, $"plan{number}"),
            SlotUtc = DateTimeOffset.UtcNow,
            Trigger = new RunTrigger(RunTriggerKind.Request),
        };
        var result = await setup.Starter.StartAsync(engine.Client, request, CancellationToken.None);
        if (result.Outcome is not (StartOutcome.Started or StartOutcome.Queued))
        {
            throw new InvalidOperationException($"Not started: {result}");
        }
    }

    private static async Task<double> BatchesPerSecondAsync(AzuriteProcess azurite, int workers)
    {
        var pool = new AdmissionPool($"bench{workers}", 1_000, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(5));
        var storages = Enumerable.Range(0, workers).Select(_ => Storage(azurite)).ToList();
        var count = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            from worker in storages
            let store = worker.GetRequiredService<BlobAdmissionStore>()
            from caller in Enumerable.Range(0, BatchCallers)
            select CallAsync(store, TenantId.Parse($"tenant{caller}"))
        );
        foreach (var storage in storages)
        {
            await storage.DisposeAsync();
        }

        return count / clock.Elapsed.TotalSeconds;

        async Task CallAsync(BlobAdmissionStore store, TenantId tenant)
        {
            while (clock.Elapsed < Span)
            {
                var id = $"{tenant}-plan-20261121T031500Z.batch{Interlocked.Increment(ref count)}";
                await store.ApplyAsync(pool, new TicketRequest(new Ticket { Id = id, TenantId = tenant }, new TenantShare(1, 100)), default);
                await store.ApplyAsync(pool, new TicketRelease(id), default);
            }
        }
    }

    private static ServiceProvider Storage(AzuriteProcess azurite)
    {
        var settings = new Dictionary<string, string?> { ["Storage:ConnectionString"] = azurite.ConnectionString };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        return new ServiceCollection().AddSingleton(TimeProvider.System).AddStorage(configuration).BuildServiceProvider();
    }

    private static Plan PlanOf(TenantId tenant, string plan) =>
        new()
        {
            TenantId = tenant,
            PlanId = PlanId.Parse(plan),
            Platform = "generic-shop",
            Kind = CrawlKind.Products,
            Sites = [new PlanSite(new Uri("https://shop.example/"))],
        };
}
