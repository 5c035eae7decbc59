using System.Globalization;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs.Specialized;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Faults;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Storage.Blobs;
using Marketline.Tests.Analytics;
using Marketline.Tests.Platforms.Crawl;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Activities;

/// <summary>
/// Connections to the blob service break in the middle of a transfer: the step fails in the way that is repeated, takes nothing
/// half read for damaged, and the second run gives what the first should have.
/// </summary>
public sealed partial class StorageCutTests
{
    private CutRelay _relay = null!;
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;
    private RunBlobs _blobs = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var connection = await AzuriteFixture.ConnectionStringAsync();
        var port = BlobPort().Match(connection).Groups[1];
        _relay = new CutRelay(int.Parse(port.ValueSpan, CultureInfo.InvariantCulture));
        var relayed = connection[..port.Index] + _relay.Port + connection[(port.Index + port.Length)..];
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { ConnectionString = relayed, HasQuickRetries = true });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _worker.DisposeAsync();
        _relay.Dispose();
    }

    [SetUp]
    public void SetUp()
    {
        _relay.Heal();
        _run = ActivityWorker.NewRun();
        _blobs = _worker.Blobs(_run);
    }

    [Test]
    public async Task Crawl_UploadIsCut_SecondRunArchivesEverything()
    {
        await using var site = new HostileSite();
        var urls = Enumerable.Range(0, 12).Select(i => site.Url($"/p/{i}")).ToList();
        var noise = new Random(7);
        for (var i = 0; i < urls.Count; i++)
        {
            var body = new byte[500_000];
            noise.NextBytes(body);
            site.Page($"/p/{i}", body);
        }

        await _blobs.WriteTargetsAsync(0, urls.Select(url => new CrawlTarget(url)));
        var input = new CrawlBatchInput(_run, new PlanSite(site.Root), 0, 0);

        _relay.CutUploadsAfter(2_000_000);
        Assert.That(() => _worker.CrawlAsync(input), Throws.TypeOf<TransientStepException>());
        _relay.Heal();
        Assert.That(await _blobs.ListAsync("raw/"), Is.Empty);
        await EndLeaseAsync(site.Root);
        var output = await _worker.CrawlAsync(input);

        Assert.That((output.IsDone, output.PageCount), Is.EqualTo((true, 12)));
        Assert.That((await _blobs.PagesAsync(0)).Select(page => (page.Url, page.Body.Length)), Is.EqualTo(urls.Select(url => (url, 500_000))));
    }

    [Test]
    public async Task Clean_DownloadOfRawIsCut_IsNotTakenForDamage()
    {
        var pages = Enumerable.Range(0, 200).Select(i => ShopPages.Product($"p{i}", "5.00")).ToArray();
        await _blobs.WriteTargetsAsync(0, ShopPages.Targets(pages));
        await _blobs.WriteRawAsync(0, pages);
        var length = (await _blobs.FindAsync(BlobNames.Raw(_run, 0)))!.Length;

        _relay.CutDownloadsAfter(length / 2);
        Assert.That(() => _worker.CleanAsync(new CleanBatchInput(_run, 0, 200)), Throws.TypeOf<TransientStepException>());
        _relay.Heal();
        Assert.That(await _blobs.ListAsync("outcome/"), Is.Empty);
        var output = await _worker.CleanAsync(new CleanBatchInput(_run, 0, 200));

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Ingested = 200 }));
    }

    [Test]
    public async Task Aggregate_DownloadOfCleanFileIsCut_IsNotTakenForDamage()
    {
        await _blobs.WriteCleanAsync(0, [.. Enumerable.Range(0, 3_000).Select(i => Records.Offer($"k{i}", 1, 5m))]);
        var length = (await _blobs.FindAsync(BlobNames.Clean(_run, 0)))!.Length;

        _relay.CutDownloadsAfter(length / 2);
        Assert.That(() => _worker.AggregateAsync(_run), Throws.TypeOf<TransientStepException>());
        _relay.Heal();

        var output = await _worker.AggregateAsync(_run);

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Delivered = 3_000 }));
    }

    /// <summary>The worker could not give it back. It would end by itself after its 15 seconds.</summary>
    private async Task EndLeaseAsync(Uri site)
    {
        var container = await _worker.Get<BlobContainers>().GetSystemAsync();
        await container.GetBlobClient(BlobNames.SiteSlot(site.Authority)).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
    }

    [GeneratedRegex(@"BlobEndpoint=http://127\.0\.0\.1:(\d+)/")]
    private static partial Regex BlobPort();
}
