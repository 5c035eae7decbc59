using Marketline.Core.Crawl;
using Marketline.Core.Faults;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Storage;
using Marketline.Storage.Blobs;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Crawl;

public sealed class CrawlBatchActivityTests
{
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
    public async Task RunAsync_AllPagesThere_ArchivesThemInTheTargetsOrder()
    {
        var urls = await PlanAsync(30);

        var output = await _worker.CrawlAsync(Input());

        var pages = await _worker.Blobs(_run).PagesAsync(0);
        Assert.That(output, Is.EqualTo(new CrawlBatchOutput { IsDone = true, NextSegment = 1, PageCount = 30 }));
        Assert.That(pages.Select(page => page.Url), Is.EqualTo(urls));
        Assert.That(pages.Select(page => page.FailureReason), Is.All.Null);
        Assert.That(await _worker.Blobs(_run).ListAsync("targets/"), Has.Count.EqualTo(1), "no cursor");
    }

    [Test]
    public async Task RunAsync_SecondTime_GivesTheSameArchive()
    {
        await PlanAsync(30);
        await _worker.CrawlAsync(Input());
        var before = await _worker.Blobs(_run).FindAsync(BlobNames.Raw(_run, 0));
        await using var other = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock });

        await other.CrawlAsync(Input());

        Assert.That(await _worker.Blobs(_run).FindAsync(BlobNames.Raw(_run, 0)), Is.EqualTo(before));
    }

    [Test]
    public async Task RunAsync_SiteAsksForAPause_ComesBackWithTheTimeAndGoesOn()
    {
        var urls = await PlanAsync(5);
        _site.InTurn("/p/2", HostileSite.Status(429, "Retry-After: 600\r\n"), HostileSite.Status(200, body: "x"));

        var first = await _worker.CrawlAsync(Input());
        var tooEarly = await _worker.CrawlAsync(Input(first.NextSegment));
        _clock.Advance(TimeSpan.FromMinutes(10));
        var last = await _worker.CrawlAsync(Input(first.NextSegment));

        Assert.That((first.IsDone, first.NextSegment, first.ResumeUtc), Is.EqualTo((false, 1, (DateTimeOffset?)Now.AddMinutes(10))));
        Assert.That(tooEarly, Is.EqualTo(new CrawlBatchOutput { IsDone = false, NextSegment = 1, ResumeUtc = Now.AddMinutes(10), Circuit = CircuitState.Open }));
        Assert.That(last.IsDone, Is.True);
        Assert.That((await _worker.Blobs(_run).PagesAsync(0)).Select(page => page.Url), Is.EquivalentTo(urls));
    }

    [Test]
    public async Task RunAsync_SlotIsAnotherWorkers_ComesBackLaterWithTheSameSegment()
    {
        await PlanAsync(5);
        await using var slot = await _worker.Get<BlobSiteSlotStore>().TryAcquireAsync(_site.Root.Authority, CancellationToken.None);

        var output = await _worker.CrawlAsync(Input());

        Assert.That((output.IsDone, output.NextSegment, output.PageCount), Is.EqualTo((false, 0, 0)));
        Assert.That(output.ResumeUtc, Is.GreaterThan(Now));
        Assert.That(_site.Requests, Is.Empty);
        Assert.That(await _worker.Blobs(_run).ListAsync("raw/"), Is.Empty);
    }

    [Test]
    public async Task RunAsync_RunIsCancelled_AsksForNothing()
    {
        await PlanAsync(5);
        await _worker.Blobs(_run).WriteAsync(BlobNames.CancelFlag(_run.RunId), []);

        var output = await _worker.CrawlAsync(Input());

        Assert.That(output, Is.EqualTo(new CrawlBatchOutput { IsDone = true, NextSegment = 0, IsCancelled = true }));
        Assert.That(_site.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_TargetsAreGone_SaysWhichBlobAndGivesTheSlotBack()
    {
        Assert.That(
            () => _worker.CrawlAsync(Input()),
            Throws.TypeOf<BlobMissingException>().With.Message.Contains(BlobNames.Targets(_run, 0))
        );
        await using var slot = await _worker.Get<BlobSiteSlotStore>().TryAcquireAsync(_site.Root.Authority, CancellationToken.None);
        Assert.That(slot, Is.Not.Null);
        Assert.That(await _worker.Blobs(_run).ListAsync("raw/"), Is.Empty);
    }

    [Test]
    public async Task RunAsync_LeaseIsLostOnTheWay_IsTransientAndLeavesNoHalfArchive()
    {
        await PlanAsync(5);
        _site.Map("/p/3", (_, token) =>
        {
            _clock.Advance(TimeSpan.FromSeconds(60));
            return Task.Delay(Timeout.Infinite, token);
        });

        Assert.That(() => _worker.CrawlAsync(Input()), Throws.TypeOf<TransientStepException>());
        Assert.That(await _worker.Blobs(_run).ListAsync("raw/"), Is.Empty);
    }

    [Test]
    public async Task RunAsync_WorkerIsStopped_GivesTheSlotBack()
    {
        await PlanAsync(5);
        using var stopping = new CancellationTokenSource();
        _site.Map("/p/3", async (_, token) =>
        {
            await stopping.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
        });

        Assert.That(() => _worker.CrawlAsync(Input(), stopping.Token), Throws.InstanceOf<OperationCanceledException>());
        await using var slot = await _worker.Get<BlobSiteSlotStore>().TryAcquireAsync(_site.Root.Authority, CancellationToken.None);
        Assert.That(slot, Is.Not.Null);
    }

    [Test]
    public async Task RunAsync_PrivateAddressNotAllowed_EveryPageIsRefusedWithoutARequest()
    {
        await PlanAsync(3);
        var settings = new Dictionary<string, string?> { ["Crawl:AllowedPrivateAddresses:0"] = null };
        await using var guarded = await ActivityWorker.StartAsync(new WorkerSetup { Settings = settings });

        var output = await guarded.CrawlAsync(Input());

        var reasons = (await _worker.Blobs(_run).PagesAsync(0)).Select(page => page.FailureReason);
        Assert.That((output.IsDone, output.PageCount), Is.EqualTo((true, 3)));
        Assert.That(reasons, Is.EqualTo(Enumerable.Repeat(FetchReasons.AddressRefused, 3)));
        Assert.That(_site.Requests, Is.Empty);
    }

    private CrawlBatchInput Input(int segment = 0) => new(_run, new PlanSite(_site.Root), 0, segment);

    private async Task<List<string>> PlanAsync(int count)
    {
        var urls = Enumerable.Range(0, count).Select(i => _site.Url($"/p/{i}")).ToList();
        for (var i = 0; i < count; i++)
        {
            _site.Map($"/p/{i}", HostileSite.Status(200, body: $"page {i}"));
        }

        await _worker.Blobs(_run).WriteTargetsAsync(0, urls.Select(url => new CrawlTarget(url)));
        return urls;
    }
}
