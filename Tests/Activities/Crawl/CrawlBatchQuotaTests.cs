using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Tenants;
using Marketline.Storage.Tables;
using Marketline.Tests.Platforms.Crawl;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>The pages that a tenant may fetch on a day, over all workers.</summary>
public sealed class CrawlBatchQuotaTests
{
    private const string Today = "20261121";

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 2, TimeSpan.Zero);

    private HostileSite _site = null!;
    private ManualTimeProvider _clock = null!;
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;

    [SetUp]
    public async Task SetUp()
    {
        _site = new HostileSite();
        _clock = new ManualTimeProvider(Now);
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock });
        _run = ActivityWorker.NewRun();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _worker.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_EnoughPagesLeft_CountsThoseThatWereFetched()
    {
        await LimitAsync(100);
        await PlanAsync(30);

        var output = await _worker.CrawlAsync(Input());

        Assert.That((output.IsDone, output.PageCount, output.Problem), Is.EqualTo((true, 30, (string?)null)));
        Assert.That(await CountAsync(), Is.EqualTo(30));
    }

    [Test]
    public async Task RunAsync_BoundIsReachedOnTheWay_TheRestFailsWithTheReasonAndNothingIsLost()
    {
        await LimitAsync(12);
        await PlanAsync(30);

        var output = await _worker.CrawlAsync(Input());
        var clean = await _worker.CleanAsync(new CleanBatchInput(_run, 0, 30, output.Problem));

        var outcomes = await _worker.Blobs(_run).OutcomesAsync(0);
        Assert.That((output.IsDone, output.PageCount, output.Problem), Is.EqualTo((true, 12, "quota-pages")));
        Assert.That(clean.Objects.Ingested, Is.EqualTo(30));
        Assert.That(outcomes.Count(outcome => outcome is { State: ObjectState.Failed, Reason: "quota-pages" }), Is.EqualTo(18));
        Assert.That(await CountAsync(), Is.EqualTo(12));
        Assert.That(Pages(_site), Is.EqualTo(12));
    }

    [Test]
    public async Task RunAsync_BoundWasReachedBefore_AsksForNothing()
    {
        await LimitAsync(0);
        await PlanAsync(3);

        var output = await _worker.CrawlAsync(Input());
        var clean = await _worker.CleanAsync(new CleanBatchInput(_run, 0, 3, output.Problem));

        Assert.That(output, Is.EqualTo(new CrawlBatchOutput { IsDone = true, NextSegment = 0, Problem = "quota-pages" }));
        Assert.That(clean.Objects, Is.EqualTo(new ObjectCounts { Ingested = 3, Failed = 3 }));
        Assert.That(Pages(_site), Is.Zero);
    }

    [Test]
    public async Task RunAsync_NextDay_StartsAnew()
    {
        await LimitAsync(12);
        await PlanAsync(12);
        await _worker.CrawlAsync(Input());
        _clock.Advance(TimeSpan.FromDays(1));

        var output = await _worker.CrawlAsync(Input());

        Assert.That((output.PageCount, output.Problem), Is.EqualTo((12, (string?)null)));
    }

    [Test]
    public async Task RunAsync_SiteAsksForAPause_WhatWasNotFetchedIsGivenBack()
    {
        await LimitAsync(100);
        await PlanAsync(20);
        _site.InTurn("/p/2", HostileSite.Status(429, "Retry-After: 600\r\n"), HostileSite.Status(200, body: "x"));

        var first = await _worker.CrawlAsync(Input());
        var meanwhile = await CountAsync();
        _clock.Advance(TimeSpan.FromMinutes(10));
        var last = await _worker.CrawlAsync(Input(first.NextSegment));

        Assert.That(meanwhile, Is.EqualTo(first.PageCount).And.LessThan(20));
        Assert.That((last.IsDone, first.PageCount + last.PageCount), Is.EqualTo((true, 20)));
        Assert.That(await CountAsync(), Is.EqualTo(20));
    }

    [Test]
    public async Task RunAsync_BatchesOnTwoWorkers_NeverFetchMoreTogether()
    {
        await LimitAsync(50);
        await using var other = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock });
        await using var secondSite = new HostileSite();
        await PlanAsync(40);
        await PlanAsync(40, batch: BatchNumbers.FirstOf(1), secondSite);

        var outputs = await Task.WhenAll(
            _worker.CrawlAsync(Input()),
            other.CrawlAsync(new CrawlBatchInput(_run, new PlanSite(secondSite.Root), BatchNumbers.FirstOf(1), 0))
        );

        Assert.That(outputs.Sum(output => output.PageCount), Is.EqualTo(50));
        Assert.That(Pages(_site) + Pages(secondSite), Is.EqualTo(50));
    }

    [Test]
    public async Task RunAsync_TablesAreAway_FetchesUncounted()
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var worker = await ActivityWorker.StartAsync(
            new WorkerSetup { ConnectionString = azurite.ConnectionString, Time = _clock, HasQuickRetries = true }
        );
        await PlanAsync(5, worker: worker);
        azurite.StopTables();

        var output = await worker.CrawlAsync(Input());
        azurite.StartTables();

        Assert.That((output.IsDone, output.PageCount, output.Problem), Is.EqualTo((true, 5, (string?)null)));
    }

    private static int Pages(HostileSite site) => site.Requests.Count(request => request.StartsWith("/p/", StringComparison.Ordinal));

    private CrawlBatchInput Input(int segment = 0) => new(_run, new PlanSite(_site.Root), 0, segment);

    private async Task PlanAsync(int count, int batch = 0, HostileSite? site = null, ActivityWorker? worker = null)
    {
        site ??= _site;
        var paths = Enumerable.Range(1, count).Select(i => $"/p/{i}").ToList();
        paths.ForEach(path => site.Page(path, $"page {path}"));
        await (worker ?? _worker).Blobs(_run).WriteTargetsAsync(batch, paths.Select(path => new CrawlTarget(site.Url(path))));
    }

    private Task<bool> LimitAsync(long maxPagesPerDay) =>
        _worker.Get<TableTenantStore>().TryAddAsync(
            new Tenant
            {
                TenantId = _run.TenantId,
                DisplayName = "a tenant",
                CreatedUtc = Now,
                Limits = new TenantLimits { MaxPagesPerDay = maxPagesPerDay },
            },
            CancellationToken.None
        );

    private Task<long> CountAsync() => _worker.Get<TableCounterStore>().ReadAsync(_run.TenantId, "pages", Today, CancellationToken.None);
}
