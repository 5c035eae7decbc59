using Marketline.Core.Crawl;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Core.Storage;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>A batch that takes several time boxes: each page takes ten seconds of three minutes.</summary>
public sealed class CrawlBatchSegmentTests
{
    private HostileSite _site = null!;
    private ShiftedTimeProvider _clock = null!;
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;

    [SetUp]
    public async Task SetUp()
    {
        _site = new HostileSite();
        _clock = new ShiftedTimeProvider();
        var settings = new Dictionary<string, string?> { ["Crawl:MaxConcurrencyPerSite"] = "1" };
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock, Settings = settings });
        _run = ActivityWorker.NewRun();
    }

    [TearDown]
    public async Task TearDown()
    {
        await _worker.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_TimeBoxEnds_NextSegmentsGoOnFromTheCursor()
    {
        var urls = await PlanAsync();

        var outputs = new List<CrawlBatchOutput>();
        for (var segment = 0; outputs is not [.., { IsDone: true }]; segment++)
        {
            outputs.Add(await _worker.CrawlAsync(Input(segment)));
        }

        Assert.That(
            outputs.Select(output => (output.NextSegment, output.PageCount, output.ResumeUtc)),
            Is.EqualTo(new (int, int, DateTimeOffset?)[] { (1, 18, null), (2, 18, null), (3, 4, null) })
        );
        Assert.That((await _worker.Blobs(_run).PagesAsync(0)).Select(page => page.Url), Is.EqualTo(urls));
        Assert.That(_site.Requests.Where(path => path != "/robots.txt"), Is.Unique);
    }

    [Test]
    public async Task RunAsync_SecondSegmentRunsTwice_GoesOnFromWhereTheFirstAttemptHadCome()
    {
        var urls = await PlanAsync();
        await _worker.CrawlAsync(Input(segment: 0));
        await _worker.CrawlAsync(Input(segment: 1));

        var again = await _worker.CrawlAsync(Input(segment: 1));

        Assert.That((again.IsDone, again.NextSegment, again.PageCount), Is.EqualTo((true, 2, 22)));
        Assert.That((await _worker.Blobs(_run).PagesAsync(0)).Select(page => page.Url), Is.EqualTo(urls));
        Assert.That(_site.Requests.Where(path => path != "/robots.txt"), Is.Unique);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(17)]
    [TestCase(39)]
    public async Task RunAsync_WorkerIsStopped_FetchesNothingAgainButWhatWasUnderWay(int stopped)
    {
        var urls = await PlanAsync();
        using var stop = new CancellationTokenSource();
        var answer = HostileSite.Status(200, body: $"page {stopped}");
        _site.Map($"/p/{stopped}", async (stream, token) =>
        {
            if (!stop.IsCancellationRequested)
            {
                await stop.CancelAsync();
            }

            await answer(stream, token);
        });
        var isStopped = false;

        for (CrawlBatchOutput? output = null; output is not { IsDone: true }; )
        {
            try
            {
                output = await _worker.CrawlAsync(Input(output?.NextSegment ?? 0), isStopped ? default : stop.Token);
            }
            catch (OperationCanceledException)
            {
                isStopped = true;
            }
        }

        Assert.That(isStopped, Is.True);
        Assert.That((await _worker.Blobs(_run).PagesAsync(0)).Select(page => page.Url), Is.EqualTo(urls));
        Assert.That(_site.Requests.Where(path => path != "/robots.txt").GroupBy(path => path).Where(group => group.Count() > 1).Select(group => group.Key), Is.SubsetOf([$"/p/{stopped}"]));
    }

    [Test]
    public async Task RunAsync_CursorIsGone_SaysWhichBlobAndKeepsTheEarlierSegments()
    {
        await PlanAsync();
        await _worker.CrawlAsync(Input());
        var before = await _worker.Blobs(_run).FindAsync(BlobNames.Raw(_run, 0));
        await _worker.Blobs(_run).DeleteAsync(BlobNames.Cursor(_run, 0, 1));

        Assert.That(
            () => _worker.CrawlAsync(Input(segment: 1)),
            Throws.TypeOf<BlobMissingException>().With.Message.Contains(BlobNames.Cursor(_run, 0, 1))
        );
        Assert.That(await _worker.Blobs(_run).FindAsync(BlobNames.Raw(_run, 0)), Is.EqualTo(before));
    }

    private CrawlBatchInput Input(int segment = 0) => new(_run, new PlanSite(_site.Root), 0, segment);

    private async Task<List<string>> PlanAsync()
    {
        var urls = Enumerable.Range(0, 40).Select(i => _site.Url($"/p/{i}")).ToList();
        for (var i = 0; i < urls.Count; i++)
        {
            var answer = HostileSite.Status(200, body: $"page {i}");
            _site.Map($"/p/{i}", async (stream, token) =>
            {
                _clock.Advance(TimeSpan.FromSeconds(10));
                await answer(stream, token);
            });
        }

        await _worker.Blobs(_run).WriteTargetsAsync(0, urls.Select(url => new CrawlTarget(url)));
        return urls;
    }
}
