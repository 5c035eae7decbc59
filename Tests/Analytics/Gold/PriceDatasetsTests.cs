using Marketline.Core.Clean;
using Marketline.Core.Datasets;

namespace Marketline.Tests.Analytics.Gold;

public sealed class PriceDatasetsTests
{
    private const string Changes =
        "object_key, old_currency_code, currency_code, old_price, new_price, change_ratio, old_availability, new_availability, "
        + "changed_utc, run_id, platform, category";

    private const string Index = "category, currency_code, dt, offer_count, min_price, median_price, avg_price, max_price, price_index";

    private Workspace _workspace = null!;

    [SetUp]
    public void CreateWorkspace() => _workspace = new Workspace();

    [TearDown]
    public void DeleteWorkspace() => _workspace.Dispose();

    [Test]
    public async Task AggregateOffersAsync_ChangesOfEveryKind_AreListedWithOldAndNew()
    {
        var first = await _workspace.AggregateAsync(
            "run1",
            null,
            await _workspace.WriteBatchAsync(
                0,
                Records.Offer("avail", 1, 10m),
                Records.Offer("category", 1, 10m),
                Records.Offer("curr", 1, 10m),
                Records.Offer("gone", 1, 10m),
                Records.Offer("price", 1, 10m),
                Records.Offer("same", 1, 10m),
                Records.Offer("unseen", 1, 10m)
            )
        );

        var second = await _workspace.AggregateAsync(
            "run2",
            first,
            await _workspace.WriteBatchAsync(
                0,
                Records.Offer("avail", 2, 10m, availability: Availability.SoldOut),
                Records.Offer("category", 2, 10m, category: "boots"),
                Records.Offer("curr", 2, 10m, "USD"),
                Records.Offer("gone", 2, null, null, null),
                Records.Offer("new", 2, 10m),
                Records.Offer("price", 2, 7.5m),
                Records.Offer("same", 2, 10.00m)
            )
        );

        Assert.That(
            Workspace.Rows(second, DatasetNames.PriceChanges, Changes),
            Is.EqualTo(
                new[]
                {
                    "avail | EUR | EUR | 10 | 10 | 0 | InStock | SoldOut | 11-02 12:00 | run2 | generic | shoes",
                    "curr | EUR | USD | 10 | 10 | - | InStock | InStock | 11-02 12:00 | run2 | generic | shoes",
                    "gone | EUR | - | 10 | - | - | InStock | - | 11-02 12:00 | run2 | generic | shoes",
                    "price | EUR | EUR | 10 | 7.5 | -0.25 | InStock | InStock | 11-02 12:00 | run2 | generic | shoes",
                }
            )
        );
    }

    [Test]
    public async Task AggregateOffersAsync_PricesMove_IndexIsTheGeometricMeanOfTheRelatives()
    {
        var first = await _workspace.AggregateAsync(
            "run1",
            null,
            await _workspace.WriteBatchAsync(0, Records.Offer("a", 1, 10m), Records.Offer("b", 1, 40m), Records.Offer("c", 1, 7m))
        );

        var second = await _workspace.AggregateAsync(
            "run2",
            first,
            await _workspace.WriteBatchAsync(0, Records.Offer("a", 2, 20m), Records.Offer("b", 2, 20m))
        );

        Assert.That(
            Workspace.Rows(first, DatasetNames.PriceIndex, Index),
            Is.EqualTo(new[] { "shoes | EUR | 2026-11-21 | 3 | 7 | 10 | 19 | 40 | 100" })
        );
        Assert.That(
            Workspace.Rows(second, DatasetNames.PriceIndex, Index),
            Is.EqualTo(new[] { "shoes | EUR | 2026-11-21 | 3 | 7 | 20 | 15.6667 | 20 | 100" }),
            "doubled, halved and unseen: 2 × 1/2 × 1"
        );
    }

    [Test]
    public async Task AggregateOffersAsync_AllDoubled_IndexIsTwoHundred()
    {
        var first = await _workspace.AggregateAsync(
            "run1",
            null,
            await _workspace.WriteBatchAsync(0, Records.Offer("a", 1, 10m), Records.Offer("b", 1, 33.33m))
        );

        var second = await _workspace.AggregateAsync(
            "run2",
            first,
            await _workspace.WriteBatchAsync(0, Records.Offer("a", 2, 20m), Records.Offer("b", 2, 66.66m))
        );

        Assert.That(Workspace.Rows(second, DatasetNames.PriceIndex, "price_index"), Is.EqualTo(new[] { "200" }));
    }

    [Test]
    public async Task AggregateOffersAsync_CategoriesAndCurrencies_AreGroupsOfTheirOwn()
    {
        var result = await _workspace.AggregateAsync(
            "run1",
            null,
            await _workspace.WriteBatchAsync(
                0,
                Records.Offer("a", 1, 1m, category: null),
                Records.Offer("b", 1, 2m, category: " "),
                Records.Offer("c", 1, 4m, "USD", category: null),
                Records.Offer("d", 1, 8m, category: "boots"),
                Records.Offer("no price", 1, null, "EUR", category: "boots"),
                Records.Offer("no currency", 1, 16m, null, category: "boots")
            )
        );

        Assert.That(
            Workspace.Rows(result, DatasetNames.PriceIndex, "category, currency_code, offer_count, median_price, avg_price"),
            Is.EqualTo(new[] { "boots | EUR | 1 | 8 | 8", "uncategorised | EUR | 2 | 1.5 | 1.5", "uncategorised | USD | 1 | 4 | 4" })
        );
    }

    [Test]
    public async Task AggregateOffersAsync_OtherPlatforms_CountInTheIndexOnly()
    {
        var other = await _workspace.AggregateAsync("run0", null, await _workspace.WriteBatchAsync(0, Records.Offer("z", 1, 30m)));
        var job = _workspace.Job("run1", null, await _workspace.WriteBatchAsync(0, Records.Offer("a", 1, 10m))) with
        {
            OtherPlatformFiles = Workspace.Latest(other),
        };

        var result = await _workspace.Aggregator.AggregateOffersAsync(job, CancellationToken.None);

        Assert.That(Workspace.Rows(result, DatasetNames.PriceIndex, "offer_count, avg_price"), Is.EqualTo(new[] { "2 | 20" }));
        Assert.That(Workspace.Rows(result, DatasetNames.LatestOffers, "object_key"), Is.EqualTo(new[] { "a" }));
    }
}
