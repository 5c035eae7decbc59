using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Storage.Blobs;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Crawl;

public sealed class PlanTargetsActivityTests
{
    private static readonly PlanLimits Limits = new() { BatchSize = 50 };

    private DemoMarketplaceServer _market = null!;
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var options = new DemoMarketplaceOptions { ProductsPerShop = 120, Shops = ["alder"], PageSizeBytes = 2_000 };
        _market = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        _worker = await ActivityWorker.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _worker.DisposeAsync();
        await _market.DisposeAsync();
    }

    [SetUp]
    public void SetUp() => _run = ActivityWorker.NewRun();

    [Test]
    public async Task RunAsync_Shop_WritesEveryAddressOfTheSitemapsInFullBatches()
    {
        var expected = _market.GroundTruth("alder", 0).Select(line => line.Url).ToList();

        var output = await _worker.PlanAsync(Input(_market.BaseUrl("alder"), firstBatch: 300_000));

        var batches = new List<List<CrawlTarget>>();
        for (var batch = 0; batch < output.BatchCount; batch++)
        {
            batches.Add(await _worker.Blobs(_run).TargetsAsync(300_000 + batch));
        }

        Assert.That(output, Is.EqualTo(new PlanTargetsOutput((expected.Count + 49) / 50, expected.Count)));
        Assert.That(batches.SelectMany(batch => batch).Select(target => target.Url), Is.EqualTo(expected));
        Assert.That(
            batches.Select((batch, i) => (batch.Count, BatchNumbers.TargetCountOf(300_000 + i, 50, expected.Count))),
            Is.All.Matches<(int Count, int Planned)>(pair => pair.Count == pair.Planned)
        );
    }

    [Test]
    public async Task RunAsync_SiteAsksForAPauseOnTheWay_GoesOnThereWithoutAskingTwice()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 11, 21, 3, 15, 2, TimeSpan.Zero));
        await using var site = new HostileSite();
        await using var worker = await ActivityWorker.StartAsync(new WorkerSetup { Time = clock });
        site.Page("/robots.txt", "Sitemap: /index.xml");
        site.Page("/index.xml", $"<sitemapindex><sitemap><loc>{site.Url("/s1.xml")}</loc></sitemap><sitemap><loc>{site.Url("/s2.xml")}</loc></sitemap></sitemapindex>");
        site.Page("/s1.xml", Sitemap(site, 0, 70));
        site.InTurn("/s2.xml", HostileSite.Status(429, "Retry-After: 600\r\n"), HostileSite.Status(200, body: Sitemap(site, 70, 50)));
        var input = Input(site.Root.AbsoluteUri);

        var first = await worker.PlanAsync(input);
        var tooEarly = await worker.PlanAsync(input with { Segment = first.NextSegment!.Value, BatchesDone = first.BatchCount });
        clock.Advance(TimeSpan.FromMinutes(10));
        var last = await worker.PlanAsync(input with { Segment = tooEarly.NextSegment!.Value, BatchesDone = tooEarly.BatchCount });

        var urls = new List<string>();
        for (var batch = 0; batch < last.BatchCount; batch++)
        {
            urls.AddRange((await worker.Blobs(_run).TargetsAsync(batch)).Select(target => target.Url));
        }

        Assert.That(first, Is.EqualTo(new PlanTargetsOutput(1, 70, null, clock.GetUtcNow(), 1)));
        Assert.That(tooEarly, Is.EqualTo(new PlanTargetsOutput(1, 0, null, clock.GetUtcNow(), 1)));
        Assert.That(last, Is.EqualTo(new PlanTargetsOutput(3, 120)));
        Assert.That(urls, Is.EqualTo(Enumerable.Range(0, 120).Select(i => site.Url($"/products/{i}"))));
        Assert.That((site.CountOf("/index.xml"), site.CountOf("/s1.xml"), site.CountOf("/s2.xml")), Is.EqualTo((1, 1, 2)));
        Assert.That(await worker.Blobs(_run).FindAsync(BlobNames.Seen(_run, 0)), Has.Length.EqualTo(120 * SeenAddresses.EntryLength), "each time box notes its own");
    }

    private static string Sitemap(HostileSite site, int first, int count) =>
        $"<urlset>{string.Concat(Enumerable.Range(first, count).Select(i => $"<url><loc>{site.Url($"/products/{i}")}</loc></url>"))}</urlset>";

    [Test]
    public async Task RunAsync_SecondTime_WritesTheSameBlobs()
    {
        await _worker.PlanAsync(Input(_market.BaseUrl("alder")));
        var before = await TargetBlobsAsync();

        await _worker.PlanAsync(Input(_market.BaseUrl("alder")));

        Assert.That(await TargetBlobsAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task RunAsync_LimitOfTargets_StopsThere()
    {
        var input = Input(_market.BaseUrl("alder")) with { Limits = Limits with { MaxTargetsPerSite = 60 } };

        var output = await _worker.PlanAsync(input);

        Assert.That((output.BatchCount, output.TargetCount), Is.EqualTo((2, 60)));
    }

    [Test]
    public async Task RunAsync_UnknownPlatform_IsAProblemThatNamesTheKnownOnes()
    {
        _run = ActivityWorker.NewRun(platform: "corner-shop");

        var output = await _worker.PlanAsync(Input(_market.BaseUrl("alder")));

        Assert.That((output.BatchCount, output.TargetCount, output.ResumeUtc), Is.EqualTo((0, 0L, (DateTimeOffset?)null)));
        Assert.That(output.Problem, Does.Contain("corner-shop").And.Contain("generic-shop, google-merchant, "));
        Assert.That(await TargetBlobsAsync(), Is.Empty);
    }

    [Test]
    public async Task RunAsync_SiteWithoutSitemap_IsAProblemThatSaysWhatToDo()
    {
        await using var site = new HostileSite();

        var output = await _worker.PlanAsync(Input(site.Root.AbsoluteUri));

        Assert.That(output.BatchCount, Is.Zero);
        Assert.That(output.Problem, Does.StartWith(site.Root.AbsoluteUri).And.Contain("No sitemap was found"));
    }

    [Test]
    public async Task RunAsync_SitemapWithoutPages_IsAProblem()
    {
        await using var site = new HostileSite();
        site.Page("/sitemap.xml", "<urlset></urlset>");

        var output = await _worker.PlanAsync(Input(site.Root.AbsoluteUri));

        Assert.That(output, Is.EqualTo(new PlanTargetsOutput(0, 0, $"{site.Root}: it lists nothing to crawl")));
    }

    [Test]
    public async Task RunAsync_PrivateAddressNotAllowed_IsAProblemAndNothingIsAsked()
    {
        await using var site = new HostileSite();
        var settings = new Dictionary<string, string?> { ["Crawl:AllowedPrivateAddresses:0"] = null };
        await using var guarded = await ActivityWorker.StartAsync(new WorkerSetup { Settings = settings });

        var output = await guarded.PlanAsync(Input(site.Root.AbsoluteUri));

        Assert.That(output.Problem, Does.Contain(FetchReasons.AddressRefused));
        Assert.That(site.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_SlotIsAnotherWorkers_ComesBackLaterAndWritesNothing()
    {
        await using var site = new HostileSite();
        await using var other = await ActivityWorker.StartAsync();
        await using var slot = await other.Get<BlobSiteSlotStore>().TryAcquireAsync(site.Root.Authority, CancellationToken.None);
        var before = DateTimeOffset.UtcNow;

        var output = await _worker.PlanAsync(Input(site.Root.AbsoluteUri));

        Assert.That((output.BatchCount, output.Problem), Is.EqualTo((0, (string?)null)));
        Assert.That(output.ResumeUtc, Is.GreaterThan(before));
        Assert.That(site.Requests, Is.Empty);
        Assert.That(await TargetBlobsAsync(), Is.Empty);
    }

    [Test]
    public async Task RunAsync_SiteIsOnAPause_ComesBackWhenItIsOver()
    {
        await using var site = new HostileSite();
        var pausedUntil = DateTimeOffset.UtcNow.AddMinutes(10);
        await SaveThrottleAsync(site, new SiteThrottleState { NextRequestUtc = pausedUntil });

        var output = await _worker.PlanAsync(Input(site.Root.AbsoluteUri)).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.That(output.ResumeUtc, Is.EqualTo(pausedUntil));
        Assert.That(site.Requests, Is.Empty);
    }

    [Test]
    public async Task RunAsync_SiteAsksForAPause_LeavesItToWhoeverComesNext()
    {
        await using var site = new HostileSite();
        site.Page("/robots.txt", $"Sitemap: {site.Url("/sitemap.xml")}");
        site.Page("/sitemap.xml", $"<urlset><url><loc>{site.Url("/p/1")}</loc></url></urlset>", "Retry-After: 120\r\n");
        var before = DateTimeOffset.UtcNow;

        await _worker.PlanAsync(Input(site.Root.AbsoluteUri));

        await using var slot = await _worker.Get<BlobSiteSlotStore>().TryAcquireAsync(site.Root.Authority, CancellationToken.None);
        Assert.That(slot!.State, Is.Not.Null);
        Assert.That(slot.State!.NextRequestUtc, Is.GreaterThanOrEqualTo(before.AddSeconds(120)));
    }

    private PlanTargetsInput Input(string baseUrl, int firstBatch = 0) =>
        new(_run, new PlanSite(new Uri(baseUrl)), Limits, firstBatch);

    private async Task<Dictionary<string, byte[]?>> TargetBlobsAsync()
    {
        var blobs = new Dictionary<string, byte[]?>();
        foreach (var name in await _worker.Blobs(_run).ListAsync("targets/"))
        {
            blobs.Add(name, await _worker.Blobs(_run).FindAsync(name));
        }

        return blobs;
    }

    private async Task SaveThrottleAsync(HostileSite site, SiteThrottleState state)
    {
        await using var slot = await _worker.Get<BlobSiteSlotStore>().TryAcquireAsync(site.Root.Authority, CancellationToken.None);
        await slot!.SaveAsync(state, CancellationToken.None);
    }
}
