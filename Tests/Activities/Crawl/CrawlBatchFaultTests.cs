using Marketline.Core.Crawl;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Faults;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>What a faulty shop does to a batch: each page ends with its reason, and none keeps the others from theirs.</summary>
internal sealed class CrawlBatchFaultTests
{
    private static readonly Dictionary<FaultKind, string?> Faults = new()
    {
        [FaultKind.ServerErrorTwice] = null,
        [FaultKind.ServerErrorAlways] = FetchReasons.HttpError,
        [FaultKind.Forbidden] = FetchReasons.Blocked,
        [FaultKind.HumanCheck] = FetchReasons.BlockedCaptcha,
        [FaultKind.CutOffLength] = FetchReasons.CutOff,
        [FaultKind.CutOffChunked] = FetchReasons.CutOff,
        [FaultKind.CutOffOnce] = null,
        [FaultKind.PdfBody] = null,
        [FaultKind.PngBodyAsHtml] = null,
        [FaultKind.EmptyBody] = null,
        [FaultKind.HugePage] = FetchReasons.TooLarge,
        [FaultKind.GzipBomb] = FetchReasons.TooLarge,
        [FaultKind.NotReallyGzip] = FetchReasons.ProtocolError,
        [FaultKind.RedirectChain] = null,
        [FaultKind.RedirectLoop] = FetchReasons.TooManyRedirects,
        [FaultKind.RedirectToMetadata] = FetchReasons.AddressRefused,
        [FaultKind.RedirectToMappedMetadata] = FetchReasons.AddressRefused,
        [FaultKind.NotFound] = FetchReasons.NotFound,
    };

    private DemoMarketplaceServer _market = null!;
    private RunRef _run = null!;

    [SetUp]
    public async Task StartAsync()
    {
        var options = new DemoMarketplaceOptions { Shops = ["grove"], ProductsPerShop = 100, PageSizeBytes = 4_000 };
        _market = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        _run = ActivityWorker.NewRun();
    }

    [TearDown]
    public async Task StopAsync() => await _market.DisposeAsync();

    [Test]
    public async Task RunAsync_EveryKindOfFault_EndsAsAPageWithItsReason()
    {
        await using var worker = await ActivityWorker.StartAsync();
        var urls = Faults.Keys.ToDictionary(kind => kind, kind => Line(kind));
        await worker.Blobs(_run).WriteTargetsAsync(0, urls.Values.Select(url => new CrawlTarget(url)));

        var output = await worker.CrawlAsync(Input());

        var pages = (await worker.Blobs(_run).PagesAsync(0)).ToDictionary(page => page.Url);
        Assert.That((output.IsDone, output.PageCount), Is.EqualTo((true, Faults.Count)));
        Assert.That(
            urls.Select(pair => $"{pair.Key}: {pages[pair.Value].FailureReason}"),
            Is.EqualTo(Faults.Select(pair => $"{pair.Key}: {pair.Value}"))
        );
        Assert.That(pages.Values.Where(page => page.FailureReason is not null).Select(page => page.Body.Length), Is.All.Zero);
    }

    [Test]
    public async Task RunAsync_SiteKeepsSilent_EndsAsTimedOut()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Crawl:FirstByteTimeout"] = "00:00:01",
            ["Crawl:FetchTimeout"] = "00:00:01",
            ["Crawl:MaxAttempts"] = "1",
        };
        await using var worker = await ActivityWorker.StartAsync(new WorkerSetup { Settings = settings });
        var urls = new[] { Line(FaultKind.StallsBeforeHeaders), Line(FaultKind.StallsInBody) };
        await worker.Blobs(_run).WriteTargetsAsync(0, urls.Select(url => new CrawlTarget(url)));

        var output = await worker.CrawlAsync(Input());

        var pages = await worker.Blobs(_run).PagesAsync(0);
        Assert.That(output.IsDone, Is.True);
        Assert.That(pages.Select(page => (page.Url, page.FailureReason)), Is.EqualTo(urls.Select(url => (url, FetchReasons.TimedOut))));
    }

    private CrawlBatchInput Input() => new(_run, new PlanSite(new Uri(_market.BaseUrl("grove"))), 0, 0);

    private string Line(FaultKind kind) =>
        _market.GroundTruth("grove", 0).First(line => line.Fault == kind.ToString()).Url;
}
