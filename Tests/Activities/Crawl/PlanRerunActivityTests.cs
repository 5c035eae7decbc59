using System.Globalization;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Plans;
using Marketline.Core.Runs;

namespace Marketline.Tests.Activities.Crawl;

public sealed class PlanRerunActivityTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 3, 20, 0, TimeSpan.Zero);
    private static readonly PlanSite Shop = new(new Uri("https://shop.example/"));
    private static readonly PlanLimits Limits = new() { BatchSize = 3 };

    private ActivityWorker _worker = null!;
    private RunRef _source = null!;
    private RunRef _rerun = null!;
    private RunBlobs _blobs = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _worker = await ActivityWorker.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [SetUp]
    public void SetUp()
    {
        _source = ActivityWorker.NewRun();
        _rerun = ActivityWorker.Rerun(_source);
        _blobs = _worker.Blobs(_source);
    }

    [Test]
    public async Task RunAsync_Failed_WritesTheFailedPagesInFullBatches()
    {
        await PutBatchAsync(0, Page("a", ObjectState.Failed), Page("b", ObjectState.Filtered), Page("c", ObjectState.Failed));
        await PutBatchAsync(1, Page("d", ObjectState.Quarantined), Page("e", ObjectState.Failed), Page("f", ObjectState.Failed));

        var output = await PlanAsync(RerunStep.Crawl, RerunScope.Failed);

        Assert.That(output, Is.EqualTo(new PlanRerunOutput(2, 4)));
        Assert.That(await PlannedAsync(0), Is.EqualTo(Urls("a", "c", "e")));
        Assert.That(await PlannedAsync(1), Is.EqualTo(Urls("f")));
    }

    [Test]
    public async Task RunAsync_FailedInSeveralBatches_NotesWhichBatchHasWhich()
    {
        await PutBatchAsync(0, Page("a", ObjectState.Failed), Page("b", ObjectState.Failed), Page("c", ObjectState.Failed), Page("d", ObjectState.Failed));

        await PlanAsync(RerunStep.Crawl, RerunScope.Failed);

        var digests = Urls("a", "b", "c", "d", "e").Select(Digest.NumberOf).ToHashSet();
        using var seen = new MemoryStream(await _worker.Blobs(_rerun).FindAsync(BlobNames.Seen(_rerun, 0)) ?? []);
        await SeenAddresses.RemoveAsync(seen, batch: 1, digests, CancellationToken.None);
        Assert.That(digests, Is.EquivalentTo(Urls("d", "e").Select(Digest.NumberOf)), "the other batch has a, b and c");
    }

    [Test]
    public async Task RunAsync_Quarantined_TakesThoseToo()
    {
        await PutBatchAsync(0, Page("a", ObjectState.Quarantined), Page("b", ObjectState.Filtered), Page("c", ObjectState.Failed));

        await PlanAsync(RerunStep.Crawl, RerunScope.Quarantined);

        Assert.That(await PlannedAsync(0), Is.EqualTo(Urls("a", "c")));
    }

    [Test]
    public async Task RunAsync_CleanButNotAggregated_HasFailed()
    {
        await PutBatchAsync(0, Page("a", ObjectState.InTransit), Page("b", ObjectState.InTransit));
        await _blobs.WriteGoldOutcomesAsync(0, new GoldOutcome(Key("a"), ObjectState.Delivered, "new-or-changed", At, 0, "gold/x"));

        await PlanAsync(RerunStep.Crawl, RerunScope.Failed);

        Assert.That(await PlannedAsync(0), Is.EqualTo(Urls("b")));
    }

    [Test]
    public async Task RunAsync_BatchThatTheRunNeverCameTo_IsDoneWhole()
    {
        await PutBatchAsync(0, Page("a", ObjectState.Delivered));
        await _blobs.WriteTargetsAsync(1, [new CrawlTarget(Url("x")), new CrawlTarget(Url("y"))]);

        var output = await PlanAsync(RerunStep.Crawl, RerunScope.Failed);

        Assert.That(output, Is.EqualTo(new PlanRerunOutput(1, 2)));
        Assert.That(await PlannedAsync(0), Is.EqualTo(Urls("x", "y")));
    }

    [Test]
    public async Task RunAsync_NothingFailed_PlansNothing()
    {
        await PutBatchAsync(0, Page("a", ObjectState.Delivered), Page("b", ObjectState.Filtered));

        Assert.That(await PlanAsync(RerunStep.Crawl, RerunScope.Failed), Is.EqualTo(new PlanRerunOutput(0, 0)));
    }

    [Test]
    public async Task RunAsync_SiteWasNeverPlanned_IsToBePlanned() =>
        Assert.That((await PlanAsync(RerunStep.Crawl, RerunScope.Failed)).IsUnplanned, Is.True);

    [Test]
    public async Task RunAsync_ObjectNamesItsPage_ThePageIsTheTarget()
    {
        var variant = Page("kettle?variant=1", ObjectState.Quarantined) with { PageUrl = Url("listing"), Type = ObjectType.Offer };
        await _blobs.WriteTargetsAsync(0, [new CrawlTarget(Url("listing"), "https://mirror.example/listing"), new CrawlTarget(Url("other"))]);
        await _blobs.WriteOutcomesAsync(0, variant, Page("other", ObjectState.Delivered));

        await PlanAsync(RerunStep.Crawl, RerunScope.Quarantined);

        var targets = await _worker.Blobs(_rerun).TargetsAsync(0);
        Assert.That(targets, Is.EqualTo(new[] { new CrawlTarget(Url("listing"), "https://mirror.example/listing") }));
    }

    [Test]
    public async Task RunAsync_PageThatAnotherLedTo_IsATarget()
    {
        await _blobs.WriteTargetsAsync(0, [new CrawlTarget(Url("first"))]);
        await _blobs.WriteOutcomesAsync(0, Page("first", ObjectState.Delivered), Page("first?page=2", ObjectState.Failed));

        await PlanAsync(RerunStep.Crawl, RerunScope.Failed);

        Assert.That(await PlannedAsync(0), Is.EqualTo(Urls("first?page=2")));
    }

    [Test]
    public async Task RunAsync_TargetsThatWereLost_AreAProblem()
    {
        await _blobs.WriteOutcomesAsync(0, Page("a", ObjectState.Failed) with { Url = "lost:run/batch-0/0" }, Page("b", ObjectState.Failed));

        var output = await PlanAsync(RerunStep.Crawl, RerunScope.Failed);

        Assert.That((output.TargetCount, output.Problem), Is.EqualTo((1, "https://shop.example/: 1 failed targets are not known any more: start the plan again")));
    }

    [Test]
    public async Task RunAsync_SecondSiteAndTwelfth_AreKeptApart()
    {
        await PutBatchAsync(BatchNumbers.FirstOf(1), Page("second", ObjectState.Failed));
        await PutBatchAsync(BatchNumbers.FirstOf(11), Page("twelfth", ObjectState.Failed));

        await PlanAsync(RerunStep.Crawl, RerunScope.Failed, site: 1);
        await PlanAsync(RerunStep.Crawl, RerunScope.Failed, site: 11);

        Assert.That(await PlannedAsync(BatchNumbers.FirstOf(1)), Is.EqualTo(Urls("second")));
        Assert.That(await PlannedAsync(BatchNumbers.FirstOf(11)), Is.EqualTo(Urls("twelfth")));
    }

    [Test]
    public async Task RunAsync_FromClean_CountsTheBatchesOfTheArchive()
    {
        await PutBatchAsync(0, Page("a", ObjectState.Delivered), Page("b", ObjectState.Delivered), Page("c", ObjectState.Delivered));
        await PutBatchAsync(1, Page("d", ObjectState.Delivered), Page("e", ObjectState.Delivered));
        await _blobs.WriteRawAsync(0, ShopPages.Product("a", "1"));
        await _blobs.WriteRawAsync(1, ShopPages.Product("d", "1"));

        Assert.That(await PlanAsync(RerunStep.Clean), Is.EqualTo(new PlanRerunOutput(2, 5)));
    }

    [Test]
    public async Task RunAsync_FromCleanAndTheArchiveIsGone_IsAProblem()
    {
        await PutBatchAsync(0, Page("a", ObjectState.Delivered));

        var output = await PlanAsync(RerunStep.Clean);

        Assert.That((output.BatchCount, output.Problem), Is.EqualTo((0, $"https://shop.example/: the raw archive of {_source.RunId} is gone: it is kept for 30 days. Rerun it from the crawl")));
    }

    [Test]
    public async Task RunAsync_FromAggregate_CountsTheBatchesThatEnded()
    {
        await PutBatchAsync(0, Page("a", ObjectState.InTransit), Page("b", ObjectState.InTransit), Page("c", ObjectState.Failed));
        await PutBatchAsync(1, Page("d", ObjectState.Failed));

        Assert.That(await PlanAsync(RerunStep.Aggregate), Is.EqualTo(new PlanRerunOutput(2, 4)));
    }

    private Task<PlanRerunOutput> PlanAsync(RerunStep from, RerunScope only = RerunScope.All, int site = 0) =>
        _worker.PlanRerunAsync(new PlanRerunInput(_rerun, Shop, Limits, BatchNumbers.FirstOf(site), new RerunSource(from, only, _source, _source)));

    private async Task PutBatchAsync(int batch, params ObjectOutcome[] outcomes)
    {
        await _blobs.WriteTargetsAsync(batch, outcomes.Select(outcome => new CrawlTarget(outcome.Url)));
        await _blobs.WriteOutcomesAsync(batch, outcomes);
    }

    private async Task<IEnumerable<string>> PlannedAsync(int batch) => (await _worker.Blobs(_rerun).TargetsAsync(batch)).Select(target => target.Url);

    private static ObjectOutcome Page(string path, ObjectState state) =>
        new()
        {
            ObjectKey = Key(path),
            Url = Url(path),
            State = state,
            Reason = string.Create(CultureInfo.InvariantCulture, $"because-{state}"),
            Blocks = [],
        };

    private static string Key(string path) => ObjectKey.FromUrl(Url(path));

    private static string Url(string path) => ShopPages.Url(path);

    private static IEnumerable<string> Urls(params string[] paths) => paths.Select(Url);
}
