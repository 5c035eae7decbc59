using System.Text.Json;
using Marketline.Core.Aggregate;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Json;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>A plan's runs one after another over a shop's reviews, the newest first, two a page: from request to dataset.</summary>
public sealed class KnownListsTests
{
    private const int PerPage = 2;
    private const int PageCount = 12;

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 2, TimeSpan.Zero);

    private HostileSite _site = null!;
    private ManualTimeProvider _clock = null!;
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;

    /// <summary>The newest first.</summary>
    private List<int> _reviews = null!;

    [SetUp]
    public async Task SetUp()
    {
        _site = new HostileSite();
        _clock = new ManualTimeProvider(Now);
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock });
        _run = ActivityWorker.NewRun(CrawlKind.Reviews, "woocommerce");
        _reviews = [.. Enumerable.Range(1, 9).Reverse()];
        for (var page = 1; page <= PageCount; page++)
        {
            Serve(page);
        }
    }

    [TearDown]
    public async Task TearDown()
    {
        await _worker.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_NothingIsNew_AsksForTheFirstPageOnlyAndKeepsAllReviews()
    {
        var first = await AskedAsync();

        var second = await AskedAsync();

        Assert.That(first, Is.EqualTo(new[] { 1, 2, 3, 4, 5 }));
        Assert.That(second, Is.EqualTo(new[] { 1 }));
        await AssertAllAreThereAsync();
    }

    [TestCase(1, 2)]
    [TestCase(2, 2)]
    [TestCase(3, 3)]
    [TestCase(5, 4)]
    public async Task RunAsync_SomeAreNew_ReadsUpToThePageWithoutANewOne(int newCount, int lastPage)
    {
        await AskedAsync();
        Publish(newCount);

        var asked = await AskedAsync();

        Assert.That(asked, Is.EqualTo(Enumerable.Range(1, lastPage)));
        await AssertAllAreThereAsync();
    }

    [Test]
    public async Task RunAsync_MoreAndMoreAreNew_EndsAtWhatEarlierRunsHaveSeenWhereverItStoodThen()
    {
        await AskedAsync();
        var asked = new List<int[]>();
        for (var run = 0; run < 4; run++)
        {
            Publish(3);
            asked.Add(await AskedAsync());
        }

        Assert.That(asked, Is.All.EqualTo(new[] { 1, 2, 3 }));
        await AssertAllAreThereAsync();
    }

    [Test]
    public async Task RunAsync_PageOfNewOnesFails_TheNextRunGetsThere()
    {
        await AskedAsync();
        Publish(5);
        _site.Map(Path(2), HostileSite.Status(404));
        Assert.That(await AskedAsync(), Is.EqualTo(new[] { 1, 2 }));
        Serve(2);

        var asked = await AskedAsync();

        Assert.That(asked, Is.EqualTo(Enumerable.Range(1, 8)), "the list is not known any more: all of it is read");
        await AssertAllAreThereAsync();
    }

    [Test]
    public async Task RunAsync_NoBudgetForThePageOfNewOnes_TheNextRunGetsThere()
    {
        await AskedAsync();
        Publish(5);
        Assert.That(await AskedAsync(new RunBudget(MaxPages: 1, null, null, null)), Is.EqualTo(new[] { 1 }));

        await AskedAsync();

        await AssertAllAreThereAsync();
    }

    [Test]
    public async Task RunAsync_OneWasPublishedLate_IsFoundWhenTheListIsReadToItsEnd()
    {
        await AskedAsync();
        _reviews.Insert(7, 1_000);
        Assert.That(await AskedAsync(), Is.EqualTo(new[] { 1 }));
        _clock.Advance(TimeSpan.FromDays(8));

        var asked = await AskedAsync();

        Assert.That(asked, Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6 }));
        await AssertAllAreThereAsync();
    }

    [Test]
    public async Task RunAsync_ReadToTheEndAgain_IsKnownForAsLongAgain()
    {
        await AskedAsync();
        _clock.Advance(TimeSpan.FromDays(8));
        await AskedAsync();
        _clock.Advance(TimeSpan.FromDays(1));

        var asked = await AskedAsync();

        Assert.That(asked, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task RunAsync_TimeBoxIsOverAfterAPage_TheNextOneKnowsTheListAllTheSame()
    {
        await AskedAsync();
        Publish(3);
        var run = await PlanAsync();
        var count = _site.Requests.Count;
        await _worker.Blobs(run).WriteAsync(
            BlobNames.Cursor(run, 0, 1),
            JsonSerializer.SerializeToUtf8Bytes(new CrawlFrontier([new CrawlTarget(Url(2)) { ListUrl = Url(1) }], []), JsonFormat.Options)
        );

        await _worker.CrawlAsync(new CrawlBatchInput(run, new PlanSite(_site.Root), 0, 1));

        Assert.That(_site.Requests.Skip(count).Where(path => path != "/robots.txt"), Is.EqualTo(new[] { Path(2), Path(3) }));
    }

    /// <summary>Runs the plan, an hour after its last run.</summary>
    /// <returns>The pages that it has asked for.</returns>
    private async Task<int[]> AskedAsync(RunBudget? budget = null)
    {
        var run = await PlanAsync();
        var count = _site.Requests.Count;
        var crawl = await _worker.CrawlAsync(new CrawlBatchInput(run, new PlanSite(_site.Root), 0, 0, budget));
        var clean = await _worker.CleanAsync(new CleanBatchInput(run, 0, 1, crawl.Problem));
        await _worker.AggregateAsync(new AggregateInput(run, [], clean.Objects.Unchanged > 0));
        await _worker.RememberAsync(new RememberPagesInput(run, new PlanSite(_site.Root), new BatchRange(0, 1)));
        return [.. _site.Requests.Skip(count).Where(path => path != "/robots.txt").Select(path => Enumerable.Range(1, PageCount).Single(page => Path(page) == path))];
    }

    private async Task<RunRef> PlanAsync()
    {
        _run = ActivityWorker.Later(_run, hours: 1);
        _clock.Advance(TimeSpan.FromHours(1));
        await _worker.Blobs(_run).WriteTargetsAsync(0, [new CrawlTarget(Url(1))]);
        return _run;
    }

    private async Task AssertAllAreThereAsync()
    {
        var bodies = (await _worker.Blobs(_run).GoldAsync(DatasetNames.LatestReviews)).Select(row => row.GetProperty("body").GetString());
        Assert.That(bodies, Is.EquivalentTo(_reviews.Select(Body)));
    }

    private void Publish(int count) => _reviews.InsertRange(0, Enumerable.Range(_reviews.Max() + 1, count).Reverse());

    private void Serve(int page) =>
        _site.Map(Path(page), (stream, token) =>
        {
            var body = JsonSerializer.Serialize(_reviews.Skip((page - 1) * PerPage).Take(PerPage).Select(Review));
            return HostileSite.Status(200, "Content-Type: application/json\r\n", body)(stream, token);
        });

    private object Review(int id) =>
        new { id, product_id = 7, product_permalink = _site.Url("/product/kettle/"), date_created = "2026-10-31T10:00:00", reviewer = "Ann", review = Body(id), rating = 5 };

    private static string Body(int id) => $"Review number {id}";

    private static string Path(int page) => $"/wp-json/wc/store/v1/products/reviews?order=desc&orderby=date&page={page}&per_page={PerPage}";

    private string Url(int page) => _site.Url(Path(page));
}
