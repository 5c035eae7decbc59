using System.Net;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Faults;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Tests.Analytics;
using Marketline.Tests.Platforms.Crawl;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Activities;

/// <summary>The blob service answers 503 to one kind of write: the step is repeated, and the second run makes it whole.</summary>
public sealed class StorageRefusesTests
{
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;
    private RunBlobs _blobs = null!;

    /// <summary>Writes to names with this in them are refused; null: none.</summary>
    private volatile string? _refused;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var transport = new StorageFaults(request => Task.FromResult(Answer(request))).Transport;
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { HasQuickRetries = true, BlobTransport = transport });
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [SetUp]
    public void SetUp()
    {
        _refused = null;
        _run = ActivityWorker.NewRun();
        _blobs = _worker.Blobs(_run);
    }

    [TestCase("/targets/")]
    [TestCase("/system/sites/")]
    public async Task Plan_WriteIsRefused_SecondRunPlansEverything(string refused)
    {
        await using var site = new HostileSite();
        site.Page("/sitemap.xml", $"<urlset><url><loc>{site.Url("/p/1")}</loc></url><url><loc>{site.Url("/p/2")}</loc></url></urlset>");
        var input = new PlanTargetsInput(_run, new PlanSite(site.Root), new PlanLimits(), 0);

        _refused = refused;
        Assert.That(() => _worker.PlanAsync(input), Throws.TypeOf<TransientStepException>());
        _refused = null;
        var output = await _worker.PlanAsync(input);

        Assert.That(output, Is.EqualTo(new PlanTargetsOutput(1, 2)));
    }

    [TestCase("/raw/")]
    [TestCase("/system/sites/")]
    public async Task Crawl_WriteIsRefused_SecondRunArchivesEverything(string refused)
    {
        await using var site = new HostileSite();
        site.Page("/p/1", "one");
        site.Page("/p/2", "two");
        await _blobs.WriteTargetsAsync(0, [new CrawlTarget(site.Url("/p/1")), new CrawlTarget(site.Url("/p/2"))]);
        var input = new CrawlBatchInput(_run, new PlanSite(site.Root), 0, 0);

        _refused = refused;
        Assert.That(() => _worker.CrawlAsync(input), Throws.TypeOf<TransientStepException>());
        _refused = null;
        var output = await _worker.CrawlAsync(input);

        Assert.That((output.IsDone, output.PageCount), Is.EqualTo((true, 2)));
        Assert.That((await _blobs.PagesAsync(0)).Select(page => page.FailureReason), Is.EqualTo(new string?[] { null, null }));
    }

    [TestCase("/clean/")]
    [TestCase("/quarantine/")]
    [TestCase("/outcome/")]
    public async Task Clean_WriteIsRefused_SecondRunIsWhole(string refused)
    {
        var pages = new[] { ShopPages.Product("a", "1.00"), ShopPages.Text("b", "") };
        await _blobs.WriteTargetsAsync(0, ShopPages.Targets(pages));
        await _blobs.WriteRawAsync(0, pages);
        var input = new CleanBatchInput(_run, 0, 2);

        _refused = refused;
        Assert.That(() => _worker.CleanAsync(input), Throws.TypeOf<TransientStepException>());
        _refused = null;
        var output = await _worker.CleanAsync(input);

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 2, Quarantined = 1 }));
        Assert.That(await _blobs.RowsAsync(BlobNames.Clean(_run, 0)), Has.Count.EqualTo(1));
        Assert.That(await _blobs.QuarantinedAsync(0), Has.Count.EqualTo(1));
        Assert.That(await _blobs.OutcomesAsync(0), Has.Count.EqualTo(2));
    }

    [TestCase("/gold/latest_offers/")]
    [TestCase("/gold/price_index/")]
    [TestCase("batch-000000.gold.jsonl.gz")]
    [TestCase("/gold/_manifests/_commit.json")]
    [TestCase("/gold/_manifests/latest_offers.json")]
    [TestCase("/gold/_manifests/price_changes.json")]
    [TestCase("/gold.json")]
    public async Task Aggregate_WriteIsRefused_SecondRunIsWholeAndCountsOnce(string refused)
    {
        await _blobs.WriteCleanAsync(0, Records.Offer("a1", 1, 10m));
        await _worker.AggregateAsync(_run);
        var next = ActivityWorker.Later(_run, hours: 1);
        await _worker.Blobs(next).WriteCleanAsync(0, Records.Offer("a1", 2, 11m), Records.Offer("a2", 2, 20m));

        _refused = refused;
        Assert.That(() => _worker.AggregateAsync(next), Throws.TypeOf<TransientStepException>());
        _refused = null;
        var output = await _worker.AggregateAsync(next);

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Delivered = 2 }));
        Assert.That(output.Datasets, Has.Count.EqualTo(3));
        Assert.That((await _blobs.ManifestAsync(DatasetNames.LatestOffers))!.Version, Is.EqualTo(2));
        Assert.That((await _blobs.ManifestAsync(DatasetNames.PriceIndex))!.UpdatedBy, Is.EqualTo(next.RunId));
        Assert.That(await _blobs.GoldAsync(DatasetNames.LatestOffers), Has.Count.EqualTo(2));
        Assert.That(await _blobs.GoldAsync(DatasetNames.PriceChanges), Has.Count.EqualTo(1));
        Assert.That(
            (await _worker.Blobs(next).GoldOutcomesAsync(0)).Select(outcome => outcome.State),
            Is.EqualTo(new[] { ObjectState.Delivered, ObjectState.Delivered })
        );
    }

    private HttpResponseMessage? Answer(HttpRequestMessage request)
    {
        var isWrite = request.Method == HttpMethod.Put && !request.RequestUri!.Query.Contains("comp=lease", StringComparison.Ordinal);
        return isWrite && _refused is { } refused && request.RequestUri!.AbsolutePath.Contains(refused, StringComparison.Ordinal)
            ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            : null;
    }
}
