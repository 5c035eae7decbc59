using Marketline.Core.Aggregate;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Lineage;
using Marketline.Core.Plans;
using Marketline.Core.Runs;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Activities.Crawl;

/// <summary>A plan that believes a site's sitemap: pages that it names no change of are not asked for.</summary>
public sealed class TrustedSitemapTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 3, 15, 2, TimeSpan.Zero);

    private static readonly RunBudget NoPages = new(MaxPages: 0, null, null, null);

    private HostileSite _site = null!;
    private ManualTimeProvider _clock = null!;
    private ActivityWorker _worker = null!;
    private RunRef _first = null!;

    [SetUp]
    public async Task SetUp()
    {
        _site = new HostileSite();
        _clock = new ManualTimeProvider(Now);
        _worker = await ActivityWorker.StartAsync(new WorkerSetup { Time = _clock });
        _first = ActivityWorker.NewRun(CrawlKind.Prices);
        Serve("a", "19.90");
        Serve("b", "5.00");
    }

    [TearDown]
    public async Task TearDown()
    {
        await _worker.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task RunAsync_NoChangeSinceItWasRead_AsksForNothingAndKeepsTheRows()
    {
        await RunAsync(_first, Now.AddDays(-9));
        var second = ActivityWorker.Later(_first, hours: 1);

        var (crawl, clean) = await RunAsync(second, Now.AddDays(-9));

        Assert.That((_site.CountOf("/p/a"), _site.CountOf("/p/b"), crawl.PageCount, crawl.IsDone), Is.EqualTo((1, 1, 0, true)));
        Assert.That(clean.Objects, Is.EqualTo(new ObjectCounts { Ingested = 2, Unchanged = 2 }));
        Assert.That(await PricesAsync(), Is.EquivalentTo(new[] { 19.9m, 5m }));
        var outcome = (await _worker.Blobs(second).OutcomesAsync(0))[0];
        Assert.That((outcome.State, outcome.Reason, outcome.Blocks[^1].Step, outcome.Blocks[^1].State), Is.EqualTo((ObjectState.Unchanged, "sitemap-unchanged", LineageStep.Crawl, StepState.Skipped)));
    }

    [Test]
    public async Task RunAsync_SiteIsNotTrusted_AsksForAll()
    {
        await RunAsync(_first, Now.AddDays(-9));

        var (crawl, _) = await RunAsync(ActivityWorker.Later(_first, hours: 1), Now.AddDays(-9), isTrusted: false);

        Assert.That((_site.CountOf("/p/a"), crawl.PageCount), Is.EqualTo((2, 2)));
    }

    [TestCase(0, 2, Description = "after it was read")]
    [TestCase(-23, 2, Description = "within a day before: what was read may have come from a cache, or the date from another time zone")]
    [TestCase(-24, 1)]
    public async Task RunAsync_Changed_IsAskedForUntilItWasSeenADayLater(int changedHours, int expected)
    {
        await RunAsync(_first, Now.AddDays(-9));

        await RunAsync(ActivityWorker.Later(_first, hours: 1), Now.AddHours(changedHours));

        Assert.That(_site.CountOf("/p/a"), Is.EqualTo(expected));
    }

    [Test]
    public async Task RunAsync_FoundUnchangedADayLater_IsNotAskedForAgain()
    {
        await RunAsync(_first, Now.AddHours(-1));
        _clock.Advance(TimeSpan.FromDays(1));
        await RunAsync(ActivityWorker.Later(_first, hours: 24), Now.AddHours(-1));

        await RunAsync(ActivityWorker.Later(_first, hours: 25), Now.AddHours(-1));

        Assert.That(_site.CountOf("/p/a"), Is.EqualTo(2), "read, and a day later found to be the same");
    }

    [Test]
    public async Task RunAsync_SitemapNamesNoDate_AsksForAll()
    {
        await RunAsync(_first, Now.AddDays(-9));

        await RunAsync(ActivityWorker.Later(_first, hours: 1), changedUtc: null);

        Assert.That(_site.CountOf("/p/a"), Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_ReadLongAgo_IsReadAgainWhateverTheSitemapSays()
    {
        await RunAsync(_first, Now.AddDays(-9));
        Serve("a", "17.00");
        _clock.Advance(TimeSpan.FromDays(8));

        await RunAsync(ActivityWorker.Later(_first, hours: 8 * 24), Now.AddDays(-9));

        Assert.That(await PricesAsync(), Is.EquivalentTo(new[] { 17m, 5m }));
    }

    [Test]
    public async Task RunAsync_Rerun_AsksForAll()
    {
        await RunAsync(_first, Now.AddDays(-9));

        await RunAsync(ActivityWorker.Rerun(_first), Now.AddDays(-9));

        Assert.That(_site.CountOf("/p/a"), Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_NoPageIsLeftInTheBudget_UnchangedPagesTakeNone()
    {
        await RunAsync(_first, Now.AddDays(-9));
        var second = ActivityWorker.Later(_first, hours: 1);

        var (crawl, clean) = await RunAsync(second, Now.AddDays(-9), budget: NoPages);

        Assert.That((crawl.Problem, clean.Objects.Unchanged), Is.EqualTo(((string?)null, 2)));
    }

    [Test]
    public async Task RunAsync_OnePageIsToBeAskedForAndNoBudgetIsLeft_KeepsWhatNeedsNone()
    {
        await RunAsync(_first, Now.AddDays(-9));
        var second = ActivityWorker.Later(_first, hours: 1);
        await _worker.Blobs(second).WriteTargetsAsync(0, [Target("a", Now.AddDays(-9)), Target("b", Now)]);

        var (_, clean) = await CrawlAndCleanAsync(second, isTrusted: true, NoPages);

        Assert.That(clean.Objects, Is.EqualTo(new ObjectCounts { Ingested = 2, Unchanged = 1, Filtered = 1 }));
    }

    [Test]
    public async Task CleanAsync_AgainFromTheArchive_GivesTheSame()
    {
        await RunAsync(_first, Now.AddDays(-9));
        var second = ActivityWorker.Later(_first, hours: 1);
        await RunAsync(second, Now.AddDays(-9));

        var output = await _worker.CleanAsync(new CleanBatchInput(ActivityWorker.Rerun(second), 0, 2, Source: second));

        Assert.That(output.Objects.Unchanged, Is.EqualTo(2));
    }

    private async Task<(CrawlBatchOutput Crawl, CleanBatchOutput Clean)> RunAsync(RunRef run, DateTimeOffset? changedUtc, bool isTrusted = true, RunBudget? budget = null)
    {
        await _worker.Blobs(run).WriteTargetsAsync(0, [Target("a", changedUtc), Target("b", changedUtc)]);
        var outputs = await CrawlAndCleanAsync(run, isTrusted, budget);
        await _worker.AggregateAsync(new AggregateInput(run, [], outputs.Clean.Objects.Unchanged > 0));
        await _worker.RememberAsync(new RememberPagesInput(run, Site(isTrusted), new BatchRange(0, 1)));
        return outputs;
    }

    private async Task<(CrawlBatchOutput Crawl, CleanBatchOutput Clean)> CrawlAndCleanAsync(RunRef run, bool isTrusted, RunBudget? budget)
    {
        var crawl = await _worker.CrawlAsync(new CrawlBatchInput(run, Site(isTrusted), 0, 0) { Budget = budget });
        return (crawl, await _worker.CleanAsync(new CleanBatchInput(run, 0, 2, Problem: crawl.Problem)));
    }

    private PlanSite Site(bool isTrusted) => new(_site.Root) { TrustLastModified = isTrusted };

    private CrawlTarget Target(string name, DateTimeOffset? changedUtc) => new(_site.Url($"/p/{name}")) { LastModified = changedUtc };

    private async Task<List<decimal>> PricesAsync() =>
        [.. (await _worker.Blobs(_first).GoldAsync(DatasetNames.LatestOffers)).Select(row => row.GetProperty("price").GetDecimal())];

    private void Serve(string name, string price) => _site.Page($"/p/{name}", ShopPages.Product(name, price).Body.ToArray());
}
