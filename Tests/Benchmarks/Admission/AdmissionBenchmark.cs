using System.Diagnostics;
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
            engine.AddOrchestrator(RunContracts.Orchestrator, _ => Task.FromResult<object?>(null));
            await engine.StartAsync(CancellationToken.None);

            await StartSecondsAsync(azurite, engine, "warm", tenantCount: 10, maxActiveRuns: RunCount);
            report.AtMost("1 000 starts of one tenant, all may run", await StartSecondsAsync(azurite, engine, "one", 1, RunCount), "s", 5);
            report.AtMost("1 000 starts of one tenant, 20 may run, the others wait", await StartSecondsAsync(azurite, engine, "queue", 1, 20), "s", 5);
            report.AtMost("1 000 starts of twenty tenants", await StartSecondsAsync(azurite, engine, "many", 20, RunCount), "s", 5);
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

    private static async Task<double> StartSecondsAsync(AzuriteProcess azurite, DurableEngine engine, string name, int tenantCount, int maxActiveRuns)
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
            async (i, token) =>
            {
                var request = new RunRequest
                {
                    Plan = PlanOf(tenants[i % tenantCount], $"plan{i}"),
                    SlotUtc = DateTimeOffset.UtcNow,
                    Trigger = new RunTrigger(RunTriggerKind.Request),
                };
                var result = await setup.Starter.StartAsync(engine.Client, request, token);
                if (result.Outcome is not (StartOutcome.Started or StartOutcome.Queued))
                {
                    throw new InvalidOperationException($"Not started: {result}");
                }
            }
        );
        return clock.Elapsed.TotalSeconds;
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
