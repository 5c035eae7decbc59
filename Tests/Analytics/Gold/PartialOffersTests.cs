using Marketline.Core.Clean;
using Marketline.Core.Datasets;
using Marketline.Core.Extract;

namespace Marketline.Tests.Analytics.Gold;

/// <summary>Platforms that tell what a product is in one call, and what it costs in another.</summary>
public sealed class PartialOffersTests
{
    private const string Both = "name, brand, image_urls, rating_value, price, shipping_price, availability, seller, seen_utc, product_seen_utc, price_seen_utc";
    private const string BothToldOnDay = "Shoe | Nike | https://i/1 https://i/2 | 4.5 | 10 | 2.5 | InStock | Shop";

    private Workspace _workspace = null!;

    [SetUp]
    public void CreateWorkspace() => _workspace = new Workspace();

    [TearDown]
    public void DeleteWorkspace() => _workspace.Dispose();

    [Test]
    public async Task AggregateOffersAsync_ProductRunThenPriceRun_FillEachOtherIn()
    {
        var results = await RunsAsync([Product(1)], [Price(2, 10m)]);

        Assert.That(Rows(results[0]), Is.EqualTo(new[] { "Shoe | Nike | https://i/1 https://i/2 | 4.5 | - | - | - | - | 11-01 12:00 | 11-01 12:00 | -" }));
        Assert.That(Rows(results[1]), Is.EqualTo(new[] { $"{BothToldOnDay} | 11-02 12:00 | 11-01 12:00 | 11-02 12:00" }));
    }

    [Test]
    public async Task AggregateOffersAsync_PriceRunThenProductRun_FillEachOtherIn()
    {
        var results = await RunsAsync([Price(1, 10m)], [Product(2)]);

        Assert.That(Rows(results[0]), Is.EqualTo(new[] { "- | - | - | - | 10 | 2.5 | InStock | Shop | 11-01 12:00 | - | 11-01 12:00" }));
        Assert.That(Rows(results[1]), Is.EqualTo(new[] { $"{BothToldOnDay} | 11-02 12:00 | 11-02 12:00 | 11-01 12:00" }));
    }

    [TestCase(0, 1, 1, 2)]
    [TestCase(1, 0, 1, 2)]
    [TestCase(0, 1, 2, 1)]
    [TestCase(1, 0, 2, 1)]
    public async Task AggregateOffersAsync_BothInOneRun_FillEachOtherInWhateverTheOrder(int productBatch, int priceBatch, int productDay, int priceDay)
    {
        var product = await _workspace.WriteBatchAsync(productBatch, Product(productDay));
        var price = await _workspace.WriteBatchAsync(priceBatch, Price(priceDay, 10m));

        var result = await _workspace.AggregateAsync("run1", null, product, price);

        Assert.That(Rows(result), Is.EqualTo(new[] { $"{BothToldOnDay} | 11-02 12:00 | 11-0{productDay} 12:00 | 11-0{priceDay} 12:00" }));
        Assert.That(result.Outcomes.Select(o => (o.DeliveredCount, o.FilteredCount)), Is.All.EqualTo((1, 0)));
    }

    [Test]
    public async Task AggregateOffersAsync_OutOfStockWithoutPrice_ThePriceGoesAndTheNameStays()
    {
        var results = await RunsAsync([Product(1)], [Price(2, 10m)], [Price(3, null) with { Availability = Availability.OutOfStock, Seller = null }], [Product(4)]);

        var expected = new[] { "Shoe | - | - | OutOfStock | - | 10" };
        Assert.That(results.TakeLast(2).Select(r => Workspace.Rows(r, DatasetNames.LatestOffers, "name, price, currency_code, availability, seller, previous_price")), Is.All.EqualTo(expected));
        Assert.That(Workspace.Rows(results[2], DatasetNames.PriceChanges, "old_price, new_price, new_availability, changed_utc"), Is.EqualTo(new[] { "10 | - | OutOfStock | 11-03 12:00" }));
        Assert.That(Workspace.Rows(results[3], DatasetNames.PriceChanges, "*"), Is.Empty);
    }

    [Test]
    public async Task AggregateOffersAsync_HalvesInTurn_AreUnchangedWhenTheySayTheSame()
    {
        var results = await RunsAsync([Product(1)], [Price(2, 10m)], [Product(3)], [Price(4, 10m)], [Price(5, 12m)], [Product(6)]);

        Assert.That(results.Select(r => (r.Outcomes[0].DeliveredCount, r.Outcomes[0].UnchangedCount)), Is.EqualTo(new[] { (1, 0), (1, 0), (0, 1), (0, 1), (1, 0), (0, 1) }));
        Assert.That(Workspace.Rows(results[5], DatasetNames.LatestOffers, "first_price, previous_price, last_changed_utc, run_id, last_run_id"), Is.EqualTo(new[] { "10 | 10 | 11-05 12:00 | run4 | run5" }));
        Assert.That(results.Select(r => Workspace.Rows(r, DatasetNames.PriceChanges, "*").Count), Is.EqualTo(new[] { 0, 1, 0, 0, 1, 0 }));
    }

    [Test]
    public async Task AggregateOffersAsync_ProductNoLongerHasABrand_LosesIt()
    {
        var results = await RunsAsync([Product(1)], [Price(2, 10m)], [Product(3) with { Brand = null }]);

        Assert.That(Workspace.Rows(results[^1], DatasetNames.LatestOffers, "name, brand, price"), Is.EqualTo(new[] { "Shoe | - | 10" }));
    }

    [Test]
    public async Task AggregateOffersAsync_LongProductRunEndsAfterAPriceRun_ItsHalfCounts()
    {
        var results = await RunsAsync([Price(5, 10m)], [Product(3)], [Whole(4, 9m)], [Price(4, 8m)]);

        Assert.That(
            results.Skip(1).Select(r => Workspace.Rows(r, DatasetNames.LatestOffers, "name, price, seen_utc, product_seen_utc, price_seen_utc").Single()),
            Is.EqualTo(new[] { "Shoe | 10 | 11-05 12:00 | 11-03 12:00 | 11-05 12:00", "Whole shoe | 10 | 11-05 12:00 | 11-04 12:00 | 11-05 12:00", "Whole shoe | 10 | 11-05 12:00 | 11-04 12:00 | 11-05 12:00" })
        );
        Assert.That(results[^1].Outcomes[0].FilteredCount, Is.EqualTo(1), "superseded");
    }

    [Test]
    public async Task AggregateOffersAsync_WholeRecord_ReplacesBothHalves()
    {
        var results = await RunsAsync([Product(1)], [Price(2, 10m)], [Whole(3, null)]);

        Assert.That(Rows(results[^1]), Is.EqualTo(new[] { "Whole shoe | - | - | - | - | - | - | - | 11-03 12:00 | 11-03 12:00 | 11-03 12:00" }));
    }

    [Test]
    public async Task AggregateOffersAsync_PriceRecordsWithNames_FollowThemUntilAProductRecordCounts()
    {
        var results = await RunsAsync([Price(1, 10m) with { Name = "Old" }], [Price(2, 10m) with { Name = "New" }], [Price(3, 10m)], [Product(4)], [Price(5, 10m) with { Name = "Newer", Brand = "Else" }]);

        Assert.That(results.Select(r => Workspace.Rows(r, DatasetNames.LatestOffers, "name, brand").Single()), Is.EqualTo(new[] { "Old | -", "New | -", "New | -", "Shoe | Nike", "Shoe | Nike" }));
    }

    [TestCase(Availability.InStock, "InStock")]
    [TestCase(Availability.SoldOut, "-")]
    public async Task AggregateOffersAsync_PriceWithoutAWordOnStock_LeavesWhatDoesNotContradict(Availability known, string expected)
    {
        var results = await RunsAsync([Whole(1, 10m) with { Availability = known }], [Price(2, 11m) with { Availability = null }]);

        Assert.That(Workspace.Rows(results[^1], DatasetNames.LatestOffers, "price, availability"), Is.EqualTo(new[] { $"11 | {expected}" }));
    }

    [Test]
    public async Task AggregateOffersAsync_SeveralFilesAndObjects_EachKeepsItsOwn()
    {
        using var workspace = new Workspace(options => options.MaxRowsPerFile = 100);
        var keys = Enumerable.Range(0, 256).Select(i => $"{i:x2}").ToList();
        var products = await workspace.WriteBatchAsync(0, [.. keys.Select(key => Product(1, key) with { Name = key })]);
        var prices = await workspace.WriteBatchAsync(1, [.. keys.Take(200).Select((key, i) => Price(2, i + 1m, key))]);
        var first = await workspace.AggregateAsync("run1", null, products);

        var second = await workspace.AggregateAsync("run2", first, prices);

        Assert.That(
            Workspace.Rows(second, DatasetNames.LatestOffers, "object_key, name, price"),
            Is.EqualTo(keys.Select((key, i) => $"{key} | {key} | {(i < 200 ? $"{i + 1}" : "-")}"))
        );
        Assert.That(Workspace.Latest(second), Has.Count.GreaterThan(1));
    }

    private static Offer Product(int day, string key = "a") =>
        Records.Offer(key, day, null, null, null) with
        {
            Scope = OfferScope.Product,
            Name = "Shoe",
            Brand = "Nike",
            ImageUrls = "https://i/1 https://i/2",
            RatingValue = 4.5m,
        };

    private static Offer Price(int day, decimal? price, string key = "a") =>
        Records.Offer(key, day, price, price is null ? null : "EUR", category: null) with
        {
            Scope = OfferScope.Price,
            Name = null,
            Seller = "Shop",
            ShippingPrice = price is null ? null : 2.5m,
        };

    private static Offer Whole(int day, decimal? price) => Records.Offer("a", day, price, price is null ? null : "EUR", null) with { Name = "Whole shoe" };

    private static IReadOnlyList<string> Rows(GoldResult result) => Workspace.Rows(result, DatasetNames.LatestOffers, Both);

    private async Task<List<GoldResult>> RunsAsync(params Offer[][] runs)
    {
        var results = new List<GoldResult>();
        for (var i = 0; i < runs.Length; i++)
        {
            results.Add(await _workspace.AggregateAsync($"run{i}", results.LastOrDefault(), await _workspace.WriteBatchAsync(0, runs[i])));
        }

        return results;
    }
}
