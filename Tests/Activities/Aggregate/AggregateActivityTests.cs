using Marketline.Core.Aggregate;
using Marketline.Core.Crawl;
using Marketline.Core.Datasets;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.Core.Storage;
using Marketline.Tests.Analytics;

namespace Marketline.Tests.Activities.Aggregate;

public sealed class AggregateActivityTests
{
    private ActivityWorker _worker = null!;
    private RunRef _run = null!;
    private RunRef _next = null!;
    private RunBlobs _blobs = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _worker = await ActivityWorker.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _worker.DisposeAsync();

    [SetUp]
    public void SetUp()
    {
        _run = ActivityWorker.NewRun();
        _next = ActivityWorker.Later(_run, hours: 1);
        _blobs = _worker.Blobs(_run);
    }

    [Test]
    public async Task RunAsync_FirstRun_DeliversEverything()
    {
        await _blobs.WriteCleanAsync(0, Records.Offer("a1", 1, 10m), Records.Offer("a2", 1, 20m));
        await _blobs.WriteCleanAsync(100_000, Records.Offer("b1", 1, 30m));

        var output = await _worker.AggregateAsync(_run);

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Delivered = 3 }));
        Assert.That(
            output.Datasets.Select(dataset => (dataset.Name, dataset.RowCount)),
            Is.EquivalentTo(new[] { (DatasetNames.LatestOffers, 3L), (DatasetNames.PriceChanges, 0L), (DatasetNames.PriceIndex, 1L) })
        );
        Assert.That(await PricesAsync(), Is.EquivalentTo(new[] { ("a1", 10m), ("a2", 20m), ("b1", 30m) }));
        Assert.That((await _blobs.ManifestAsync(DatasetNames.LatestOffers))!.UpdatedBy, Is.EqualTo(_run.RunId));
        Assert.That((await _blobs.GoldAsync(DatasetNames.PriceIndex)).Single().GetProperty("offer_count").GetInt64(), Is.EqualTo(3));
    }

    [Test]
    public async Task RunAsync_FirstRun_LeavesEachBatchesOutcomes()
    {
        await _blobs.WriteCleanAsync(0, Records.Offer("a1", 1, 10m), Records.Offer("a2", 1, 20m));
        await _blobs.WriteCleanAsync(7, Records.Offer("a2", 2, 21m));

        var output = await _worker.AggregateAsync(_run);

        var (first, second) = (await _blobs.GoldOutcomesAsync(0), await _blobs.GoldOutcomesAsync(7));
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Delivered = 2, Filtered = 1 }));
        Assert.That(
            first.Select(outcome => (outcome.ObjectKey, outcome.State, outcome.Reason, HasDataset: outcome.Dataset is not null)),
            Is.EquivalentTo(
                new[] { ("a1", ObjectState.Delivered, "new-or-changed", true), ("a2", ObjectState.Filtered, "duplicate", false) }
            )
        );
        Assert.That(second.Select(outcome => (outcome.ObjectKey, outcome.State)), Is.EqualTo(new[] { ("a2", ObjectState.Delivered) }));
        Assert.That((await _blobs.ListAsync(second[0].Dataset!)), Has.Count.EqualTo(1), "the dataset that the outcome names");
    }

    [Test]
    public async Task RunAsync_SameContentAgain_IsUnchanged()
    {
        await AggregateAsync(_run, ("a1", 10m), ("a2", 20m));

        var output = await AggregateAsync(_next, ("a1", 10m), ("a2", 20m));

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Unchanged = 2 }));
        Assert.That(await PricesAsync(), Is.EquivalentTo(new[] { ("a1", 10m), ("a2", 20m) }));
        Assert.That(await _blobs.GoldAsync(DatasetNames.PriceChanges), Is.Empty);
        Assert.That((await _blobs.ManifestAsync(DatasetNames.LatestOffers))!.Version, Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_PriceIsAnotherOne_IsDeliveredAndAChange()
    {
        await AggregateAsync(_run, ("a1", 10m), ("a2", 20m));

        var output = await AggregateAsync(_next, ("a1", 12.5m), ("a2", 20m));

        var change = (await _blobs.GoldAsync(DatasetNames.PriceChanges)).Single();
        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Delivered = 1, Unchanged = 1 }));
        Assert.That(
            (change.GetProperty("object_key").GetString(), change.GetProperty("old_price").GetDecimal(), change.GetProperty("new_price").GetDecimal()),
            Is.EqualTo(("a1", 10m, 12.5m))
        );
        Assert.That(change.GetProperty("run_id").GetString(), Is.EqualTo(_next.RunId.Value));
    }

    [Test]
    public async Task RunAsync_TwoRunsWithChanges_ChangesOfBothAreKept()
    {
        await AggregateAsync(_run, ("a1", 10m));
        await AggregateAsync(_next, ("a1", 11m));

        await AggregateAsync(ActivityWorker.Later(_run, hours: 2), ("a1", 12m));

        var changes = await _blobs.GoldAsync(DatasetNames.PriceChanges);
        Assert.That(changes.Select(change => change.GetProperty("new_price").GetDecimal()), Is.EquivalentTo(new[] { 11m, 12m }));
    }

    [Test]
    public async Task RunAsync_ObjectNotSeenThisTime_StaysWithItsLastRun()
    {
        await AggregateAsync(_run, ("a1", 10m), ("a2", 20m));

        await AggregateAsync(_next, ("a1", 10m));

        var rows = (await _blobs.GoldAsync(DatasetNames.LatestOffers)).ToDictionary(
            row => row.GetProperty("object_key").GetString()!,
            row => row.GetProperty("last_run_id").GetString()
        );
        Assert.That(rows, Is.EqualTo(new Dictionary<string, string?> { ["a1"] = _next.RunId.Value, ["a2"] = _run.RunId.Value }));
    }

    [Test]
    public async Task RunAsync_OtherPlatformOfTheTenant_KeepsItsFilesAndIsInTheIndex()
    {
        await AggregateAsync(_run, ("a1", 10m));

        await AggregateAsync(_next with { Platform = "shopify" }, ("s1", 30m));

        Assert.That(await PricesAsync(), Is.EquivalentTo(new[] { ("a1", 10m), ("s1", 30m) }));
        Assert.That((await _blobs.GoldAsync(DatasetNames.PriceIndex)).Single().GetProperty("offer_count").GetInt64(), Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_CleanFileIsCutOff_NamesTheBatchAndChangesNothing()
    {
        await _blobs.WriteCleanAsync(0, Records.Offer("a1", 1, 10m));
        await _blobs.WriteCleanAsync(4, Records.Offer("a2", 1, 20m));
        var whole = (await _blobs.FindAsync(BlobNames.Clean(_run, 4)))!;
        await _blobs.WriteAsync(BlobNames.Clean(_run, 4), whole[..(whole.Length / 2)]);

        var output = await _worker.AggregateAsync(_run);
        await _blobs.WriteAsync(BlobNames.Clean(_run, 4), whole);
        var mended = await _worker.AggregateAsync(_run);

        Assert.That(output.DamagedBatches, Is.EqualTo(new[] { 4 }));
        Assert.That((output.IsBusy, output.Objects, output.Datasets.Count), Is.EqualTo((false, ObjectCounts.None, 0)));
        Assert.That(mended.Objects, Is.EqualTo(new ObjectCounts { Delivered = 2 }));
    }

    [Test]
    public async Task RunAsync_DamagedBatchIsLeftOut_DeliversTheOthers()
    {
        await _blobs.WriteCleanAsync(0, Records.Offer("a1", 1, 10m));
        await _blobs.WriteAsync(BlobNames.Clean(_run, 4), "no parquet"u8.ToArray());

        var output = await _worker.AggregateAsync(_run, excludedBatches: 4);

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Delivered = 1 }));
        Assert.That(await PricesAsync(), Is.EqualTo(new[] { ("a1", 10m) }));
        Assert.That(await _blobs.GoldOutcomesAsync(4), Is.Empty);
    }

    [Test]
    public async Task RunAsync_NothingIsClean_IsAnEmptyResultForGood()
    {
        var output = await _worker.AggregateAsync(_run);

        Assert.That((output.IsBusy, output.DamagedBatches.Count, output.Datasets.Count, output.Objects), Is.EqualTo((false, 0, 0, ObjectCounts.None)));
        Assert.That(await _blobs.ManifestAsync(DatasetNames.LatestOffers), Is.Null);
        Assert.That(await _blobs.FindAsync(BlobNames.GoldResult(_run)), Is.Not.Null);
    }

    [Test]
    public async Task RunAsync_Reviews_GoToTheirOwnDataset()
    {
        _run = ActivityWorker.NewRun(CrawlKind.Reviews);
        _blobs = _worker.Blobs(_run);
        await _blobs.WriteCleanAsync(0, Records.Review("r1", 1, 4m), Records.Review("r2", 1, 5m));
        await _worker.AggregateAsync(_run);
        _next = ActivityWorker.Later(_run, hours: 1);
        await _worker.Blobs(_next).WriteCleanAsync(0, Records.Review("r1", 2, 3m), Records.Review("r2", 2, 5m));

        var output = await _worker.AggregateAsync(_next);

        Assert.That(output.Objects, Is.EqualTo(new ObjectCounts { Delivered = 1, Unchanged = 1 }));
        Assert.That(output.Datasets.Select(dataset => dataset.Name), Is.EqualTo(new[] { DatasetNames.LatestReviews }));
        Assert.That(
            (await _blobs.GoldAsync(DatasetNames.LatestReviews)).Select(row => row.GetProperty("rating").GetDecimal()),
            Is.EquivalentTo(new[] { 3m, 5m })
        );
    }

    [Test]
    public async Task RunAsync_CurrentGoldFileIsGone_SaysWhichAndChangesNothing()
    {
        await AggregateAsync(_run, ("a1", 10m));
        var manifest = (await _blobs.ManifestAsync(DatasetNames.LatestOffers))!;
        await _blobs.DeleteAsync(manifest.Files[0].Blob);

        Assert.That(() => AggregateAsync(_next, ("a1", 11m)), Throws.TypeOf<BlobMissingException>().With.Message.Contains(manifest.Files[0].Blob));
        Assert.That((await _blobs.ManifestAsync(DatasetNames.LatestOffers))!.Version, Is.EqualTo(1));
    }

    private async Task<AggregateOutput> AggregateAsync(RunRef run, params (string Key, decimal Price)[] offers)
    {
        var day = run.RunId == _run.RunId ? 1 : 2;
        await _worker.Blobs(run).WriteCleanAsync(0, [.. offers.Select(offer => Records.Offer(offer.Key, day, offer.Price))]);
        return await _worker.AggregateAsync(run);
    }

    private async Task<IEnumerable<(string?, decimal)>> PricesAsync() =>
        (await _blobs.GoldAsync(DatasetNames.LatestOffers)).Select(row =>
            (row.GetProperty("object_key").GetString(), row.GetProperty("price").GetDecimal())
        );
}
