using System.Diagnostics;
using Marketline.Core.Crawl;
using Marketline.Core.Plans;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>Many tenants on two workers meet at one site, and the site counts: it never sees more than its share, whoever asks.</summary>
public sealed class PolitenessTests
{
    private const int TenantCount = 20;
    private const int PagesPerTenant = 5;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 2, TimeSpan.Zero);

    [Test]
    public async Task CrawlAsync_TwentyTenantsAtOnce_SiteCountsNoMoreThanItAllows()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Crawl:MaxConcurrencyPerSite"] = "2",
            ["Crawl:StartDelay"] = "00:00:00.020",
            ["Crawl:DelayFloor"] = "00:00:00.020",
            ["Crawl:DelayCeiling"] = "00:00:00.020",
        };
        await using var site = new HostileSite();
        await using var one = await ActivityWorker.StartAsync(new WorkerSetup { Settings = settings });
        await using var two = await ActivityWorker.StartAsync(new WorkerSetup { Settings = settings });
        var batches = await Task.WhenAll(Enumerable.Range(0, TenantCount).Select(tenant => BatchAsync(one, site, tenant)));
        using var turn = new Turn();

        var startedAt = Stopwatch.GetTimestamp();
        var outputs = await Task.WhenAll(batches.Select((batch, i) => DoneAsync(i % 2 == 0 ? one : two, batch, turn)));
        var elapsed = Stopwatch.GetElapsedTime(startedAt);

        var pageCount = site.Requests.Count(request => request != "/robots.txt");
        Assert.That(outputs, Is.All.EqualTo(PagesPerTenant));
        Assert.That(pageCount, Is.EqualTo(TenantCount * PagesPerTenant));
        Assert.That(site.MostUnderWay, Is.LessThanOrEqualTo(2));
        // No wait can be too long here, only too short: each request but the first is due a delay after the one before.
        Assert.That(elapsed, Is.GreaterThanOrEqualTo(Delay * (pageCount - 1)));
        Assert.That(site.CountOf("/robots.txt"), Is.EqualTo(2), "once for each worker");
    }

    [Test]
    public async Task CrawlAsync_SiteSentOneTenantAway_AnotherTenantOnAnotherWorkerStaysAway()
    {
        var clock = new ManualTimeProvider(Now);
        await using var site = new HostileSite();
        await using var one = await ActivityWorker.StartAsync(new WorkerSetup { Time = clock });
        await using var two = await ActivityWorker.StartAsync(new WorkerSetup { Time = clock });
        site.Map("/t0/p/0", HostileSite.Status(503, "Retry-After: 600\r\n"));
        var (first, second) = (await BatchAsync(one, site, 0), await BatchAsync(one, site, 1));

        var sentAway = await one.CrawlAsync(first);
        var stayedAway = await two.CrawlAsync(second);
        clock.Advance(TimeSpan.FromMinutes(10));
        var after = await two.CrawlAsync(second);

        Assert.That((sentAway.ResumeUtc, sentAway.Circuit), Is.EqualTo(((DateTimeOffset?)Now.AddMinutes(10), CircuitState.Open)));
        Assert.That((stayedAway.ResumeUtc, stayedAway.Circuit, stayedAway.PageCount), Is.EqualTo(((DateTimeOffset?)Now.AddMinutes(10), CircuitState.Open, 0)));
        Assert.That((after.IsDone, after.Circuit, after.PageCount), Is.EqualTo((true, CircuitState.Closed, PagesPerTenant)));
    }

    [Test]
    public async Task CrawlAsync_CrawlDelay_HoldsFromOneTenantToTheNext()
    {
        var clock = new ManualTimeProvider(Now);
        var settings = new Dictionary<string, string?> { ["Crawl:DelayFloor"] = "00:00:00.001" };
        await using var site = new HostileSite();
        await using var one = await ActivityWorker.StartAsync(new WorkerSetup { Time = clock, Settings = settings });
        await using var two = await ActivityWorker.StartAsync(new WorkerSetup { Time = clock, Settings = settings });
        var robots = "User-agent: *\nCrawl-delay: 30";
        site.Map("/robots.txt", (stream, token) =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return HostileSite.Status(200, body: robots)(stream, token);
        });
        var (first, second) = (await BatchAsync(one, site, 0, pageCount: 1), await BatchAsync(one, site, 1));

        var asked = await one.CrawlAsync(first);
        var waits = await two.CrawlAsync(second);

        Assert.That((asked.IsDone, asked.PageCount), Is.EqualTo((true, 1)));
        Assert.That((waits.PageCount, waits.ResumeUtc), Is.EqualTo((0, (DateTimeOffset?)Now.AddSeconds(31))));
    }

    private static async Task<CrawlBatchInput> BatchAsync(ActivityWorker worker, HostileSite site, int tenant, int pageCount = PagesPerTenant)
    {
        var run = ActivityWorker.NewRun();
        var paths = Enumerable.Range(0, pageCount).Select(i => $"/t{tenant}/p/{i}").ToList();
        foreach (var path in paths.Where(path => !site.IsMapped(path)))
        {
            site.Page(path, "page");
        }

        await worker.Blobs(run).WriteTargetsAsync(0, paths.Select(path => new CrawlTarget(site.Url(path))));
        return new CrawlBatchInput(run, new PlanSite(site.Root), 0, 0);
    }

    /// <summary>Asks again when somebody else has given the slot back, as the orchestrators' timers would have it.</summary>
    private static async Task<int> DoneAsync(ActivityWorker worker, CrawlBatchInput batch, Turn turn)
    {
        while (true)
        {
            var next = turn.Next;
            var output = await worker.CrawlAsync(batch);
            if (output.IsDone)
            {
                turn.Pass();
                return output.PageCount;
            }

            await next;
        }
    }

    /// <summary>Told on whenever a batch is done.</summary>
    private sealed class Turn : IDisposable
    {
        private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Next => _next.Task;

        public void Pass() => Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

        public void Dispose() => _next.TrySetCanceled();
    }
}
