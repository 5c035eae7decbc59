using System.Net;
using Marketline.Core.Crawl;
using Marketline.Core.Faults;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Tests.Platforms.Crawl;
using Marketline.Tests.Storage;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>A site whose pages lead to each other over the bounds of batches: a, b in batch 0, c, d in batch 1, and x, y in no plan.</summary>
public sealed class OncePerRunTests
{
    private static readonly string[] Planned = ["/a", "/b", "/c", "/d"];

    private HostileSite _site = null!;
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;
    private volatile bool _isSeenRefused;

    [SetUp]
    public async Task SetUp()
    {
        _site = new HostileSite();
        _worker = await StartAsync();
        _run = ActivityWorker.NewRun(platform: new LinkedPagesConnector().Platform);
        _isSeenRefused = false;
        foreach (var path in Planned.Append("/x").Append("/y"))
        {
            Serve(path);
        }
    }

    [TearDown]
    public async Task TearDown()
    {
        await _worker.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_BatchesLeadToTheSamePages_FetchedByTheFirst()
    {
        Serve("/a", "/x");
        Serve("/x", "/y");
        Serve("/c", "/y", "/x");
        await PlanAsync();

        var batches = await CrawlBothAsync();

        Assert.That(batches, Is.EqualTo(new[] { Urls("/a", "/b", "/x", "/y"), Urls("/c", "/d") }));
        Assert.That(Fetched, Is.EqualTo(new[] { "/a", "/b", "/c", "/d", "/x", "/y" }));
    }

    [Test]
    public async Task RunAsync_LeadsToWhatAnotherBatchHasPlanned_IsLeftToThatOne()
    {
        Serve("/a", "/d", "/x");
        Serve("/c", "/b");
        await PlanAsync();

        var batches = await CrawlBothAsync();

        Assert.That(batches, Is.EqualTo(new[] { Urls("/a", "/b", "/x"), Urls("/c", "/d") }));
        Assert.That(Fetched, Is.EqualTo(new[] { "/a", "/b", "/c", "/d", "/x" }));
    }

    [Test]
    public async Task RunAsync_OtherWorkersTakeTurns_KnowOfEachOther()
    {
        Serve("/a", "/x", "/y");
        Serve("/d", "/x", "/y");
        await PlanAsync();
        await using var other = await StartAsync();

        await _worker.CrawlAsync(Input(0));
        await other.CrawlAsync(Input(1));

        Assert.That(Fetched, Is.Unique);
        Assert.That(await UrlsAsync(1), Is.EqualTo(Urls("/c", "/d")));
    }

    [Test]
    public async Task RunAsync_StoppedBetweenArchiveAndNote_SecondRunLosesNothing()
    {
        Serve("/a", "/x");
        Serve("/c", "/x", "/y");
        await PlanAsync();

        _isSeenRefused = true;
        Assert.That(() => _worker.CrawlAsync(Input(0)), Throws.TypeOf<TransientStepException>());
        _isSeenRefused = false;
        var batches = await CrawlBothAsync();

        Assert.That(batches, Is.EqualTo(new[] { Urls("/a", "/b", "/x"), Urls("/c", "/d", "/y") }));
        Assert.That((_site.CountOf("/a"), _site.CountOf("/x"), _site.CountOf("/c"), _site.CountOf("/y")), Is.EqualTo((2, 2, 1, 1)));
    }

    [Test]
    public async Task RunAsync_StoppedBehindTheNote_SecondRunTakesItsOwnAgain()
    {
        Serve("/a", "/x");
        Serve("/c", "/x");
        await PlanAsync();
        await _worker.CrawlAsync(Input(0));

        var batches = await CrawlBothAsync();

        Assert.That(batches, Is.EqualTo(new[] { Urls("/a", "/b", "/x"), Urls("/c", "/d") }));
        Assert.That((_site.CountOf("/x"), _site.CountOf("/c")), Is.EqualTo((2, 1)));
    }

    [Test]
    public async Task RunAsync_OneBatch_LeadsOnWithoutANote()
    {
        Serve("/a", "/x", "/b");
        await PlanAsync(batchSize: 4);

        await _worker.CrawlAsync(Input(0));

        Assert.That(await UrlsAsync(0), Is.EqualTo(Urls("/a", "/b", "/c", "/d", "/x")));
        Assert.That(await _worker.Blobs(_run).FindAsync(BlobNames.Seen(_run, 0)), Is.Null);
    }

    private static HttpResponseMessage? Refused(HttpRequestMessage request) =>
        request.Method == HttpMethod.Put && request.RequestUri!.AbsolutePath.Contains("/seen-", StringComparison.Ordinal)
            ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = new ByteArrayContent([]) }
            : null;

    private Task<ActivityWorker> StartAsync() =>
        ActivityWorker.StartAsync(
            new WorkerSetup
            {
                Connector = new LinkedPagesConnector(),
                HasQuickRetries = true,
                BlobTransport = new StorageFaults(request => Task.FromResult(_isSeenRefused ? Refused(request) : null)).Transport,
            }
        );

    private void Serve(string path, params string[] links) =>
        _site.Page(path, $"<html>{path} {string.Concat(links.Select(link => $"<a href=\"{link}\">more</a>"))}</html>");

    private Task<PlanTargetsOutput> PlanAsync(int batchSize = 2) =>
        _worker.PlanAsync(new PlanTargetsInput(_run, Site, new PlanLimits { BatchSize = batchSize }, 0));

    private PlanSite Site => new(_site.Root) { Items = Planned };

    private CrawlBatchInput Input(int batch) => new(_run, Site, batch, 0);

    /// <summary>Pages asked for, by path.</summary>
    private IEnumerable<string> Fetched => _site.Requests.Where(path => path != "/robots.txt").Order(StringComparer.Ordinal);

    private string[] Urls(params string[] paths) => [.. paths.Select(_site.Url)];

    private async Task<string[][]> CrawlBothAsync()
    {
        await _worker.CrawlAsync(Input(0));
        await _worker.CrawlAsync(Input(1));
        return [await UrlsAsync(0), await UrlsAsync(1)];
    }

    private async Task<string[]> UrlsAsync(int batch) => [.. (await _worker.Blobs(_run).PagesAsync(batch)).Select(page => page.Url)];
}
