using Marketline.Core.Clean;
using Marketline.Core.Datasets;
using Marketline.Core.Extract;

namespace Marketline.Tests.Analytics.Gold;

/// <summary>Files of before a column was added are current until their platform's next run, and come with reruns of old runs.</summary>
public sealed class OlderFilesTests
{
    private const string Columns = "object_key, price, shipping_price, image_urls, product_seen_utc, price_seen_utc, schema_version";

    private Workspace _workspace = null!;

    [SetUp]
    public void CreateWorkspace() => _workspace = new Workspace();

    [TearDown]
    public void DeleteWorkspace() => _workspace.Dispose();

    [Test]
    public async Task AggregateOffersAsync_OlderDataset_GetsTheColumns()
    {
        var old = await OlderAsync(Records.Offer("same", 1, 10m), Records.Offer("unseen", 1, 10m));
        var batch = await _workspace.WriteBatchAsync(0, Rich(Records.Offer("new", 2, 5m)), Rich(Records.Offer("same", 2, 10m)));

        var next = await _workspace.AggregateAsync("run2", old, batch);

        Assert.That(
            Workspace.Rows(next, DatasetNames.LatestOffers, Columns),
            Is.EqualTo(
                new[]
                {
                    "new | 5 | 0 | https://i/1 https://i/2 | 11-02 12:00 | 11-02 12:00 | 2",
                    "same | 10 | 0 | https://i/1 https://i/2 | 11-02 12:00 | 11-02 12:00 | 2",
                    "unseen | 10 | - | - | 11-01 12:00 | 11-01 12:00 | 1",
                }
            )
        );
        Assert.That(next.Outcomes.Select(o => (o.DeliveredCount, o.UnchangedCount)), Is.EqualTo(new[] { (1, 1) }));
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task AggregateOffersAsync_OlderAndNewerBatches_AreReadTogether(int older)
    {
        CleanBatchFile[] batches = [await _workspace.WriteBatchAsync(0, Rich(Records.Offer("a", 1, 1m))), await _workspace.WriteBatchAsync(1, Rich(Records.Offer("b", 1, 2m)))];
        OlderFile.Make(batches[older].Path);

        var result = await _workspace.AggregateAsync("run1", null, batches);

        Assert.That(Workspace.Rows(result, DatasetNames.LatestOffers, "object_key, shipping_price"), Is.EqualTo(older == 0 ? ["a | -", "b | 0"] : new[] { "a | 0", "b | -" }));
    }

    [Test]
    public async Task AggregateOffersAsync_OlderFilesOnly_AreEnough()
    {
        var batch = await _workspace.WriteBatchAsync(0, Records.Offer("a", 2, 12m));
        OlderFile.Make(batch.Path);

        var result = await _workspace.AggregateAsync("run2", await OlderAsync(Records.Offer("a", 1, 10m)), batch);

        Assert.That(Workspace.Rows(result, DatasetNames.LatestOffers, Columns), Is.EqualTo(new[] { "a | 12 | - | - | 11-02 12:00 | 11-02 12:00 | 1" }));
        Assert.That(Workspace.Rows(result, DatasetNames.PriceChanges, "old_price, new_price"), Is.EqualTo(new[] { "10 | 12" }));
    }

    [Test]
    public async Task AggregateOffersAsync_OlderDatasetOfAnotherPlatform_CountsInTheIndex()
    {
        var other = await OlderAsync(Records.Offer("z", 1, 30m));
        var job = _workspace.Job("run2", null, await _workspace.WriteBatchAsync(0, Records.Offer("a", 2, 10m))) with { OtherPlatformFiles = Workspace.Latest(other) };

        var result = await _workspace.Aggregator.AggregateOffersAsync(job, CancellationToken.None);

        Assert.That(Workspace.Rows(result, DatasetNames.PriceIndex, "offer_count, avg_price"), Is.EqualTo(new[] { "2 | 20" }));
    }

    [Test]
    public async Task AggregateOffersAsync_PriceRecordOverAnOlderRow_KeepsItsName()
    {
        var old = await OlderAsync(Records.Offer("a", 1, 10m));
        var batch = await _workspace.WriteBatchAsync(0, Records.Offer("a", 2, 12m, category: null) with { Name = null, Scope = OfferScope.Price });

        var result = await _workspace.AggregateAsync("run2", old, batch);

        Assert.That(Workspace.Rows(result, DatasetNames.LatestOffers, "name, category, price"), Is.EqualTo(new[] { "Shoe a | shoes | 12" }));
    }

    private static Offer Rich(Offer offer) => offer with { ShippingPrice = 0, ImageUrls = "https://i/1 https://i/2" };

    private async Task<GoldResult> OlderAsync(params Offer[] offers)
    {
        var result = await _workspace.AggregateAsync("run1", null, await _workspace.WriteBatchAsync(0, offers));
        Workspace.Latest(result).ToList().ForEach(OlderFile.Make);
        return result;
    }
}
