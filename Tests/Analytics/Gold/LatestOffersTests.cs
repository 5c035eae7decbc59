using Marketline.Core.Clean;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;

namespace Marketline.Tests.Analytics.Gold;

public sealed class LatestOffersTests
{
    private const string Tracked =
        "object_key, price, currency_code, seen_utc, first_seen_utc, first_price, first_price_currency_code, "
        + "previous_price, last_changed_utc, run_id, last_run_id";

    private Workspace _workspace = null!;

    [SetUp]
    public void CreateWorkspace() => _workspace = new Workspace();

    [TearDown]
    public void DeleteWorkspace() => _workspace.Dispose();

    [Test]
    public async Task AggregateOffersAsync_FirstRun_EveryOfferIsNew()
    {
        var batch = await _workspace.WriteBatchAsync(4, Records.Offer("b", 1, 20m), Records.Offer("a", 1, null, null));

        var result = await _workspace.AggregateAsync("run1", null, batch);

        Assert.That(
            Workspace.Rows(result, DatasetNames.LatestOffers, Tracked),
            Is.EqualTo(
                new[]
                {
                    "a | - | - | 11-01 12:00 | 11-01 12:00 | - | - | - | 11-01 12:00 | run1 | run1",
                    "b | 20 | EUR | 11-01 12:00 | 11-01 12:00 | 20 | EUR | - | 11-01 12:00 | run1 | run1",
                }
            )
        );
        Assert.That(Workspace.Rows(result, DatasetNames.PriceChanges, "*"), Is.Empty);
        Assert.That(await OutcomeTextsAsync(result), Is.EqualTo(new[] { "4 a Delivered ", "4 b Delivered " }));
    }

    [Test]
    public async Task AggregateOffersAsync_SecondRun_UpdatesWhatItSawAndKeepsTheRest()
    {
        var first = await _workspace.AggregateAsync(
            "run1",
            null,
            await _workspace.WriteBatchAsync(
                0,
                Records.Offer("changed", 1, 10m),
                Records.Offer("same", 1, 10m),
                Records.Offer("unseen", 1, 10m)
            )
        );

        var second = await _workspace.AggregateAsync(
            "run2",
            first,
            await _workspace.WriteBatchAsync(
                0,
                Records.Offer("changed", 2, 12m),
                Records.Offer("same", 2, 10m),
                Records.Offer("new", 2, 5m)
            )
        );

        Assert.That(
            Workspace.Rows(second, DatasetNames.LatestOffers, Tracked),
            Is.EqualTo(
                new[]
                {
                    "changed | 12 | EUR | 11-02 12:00 | 11-01 12:00 | 10 | EUR | 10 | 11-02 12:00 | run2 | run2",
                    "new | 5 | EUR | 11-02 12:00 | 11-02 12:00 | 5 | EUR | - | 11-02 12:00 | run2 | run2",
                    "same | 10 | EUR | 11-02 12:00 | 11-01 12:00 | 10 | EUR | - | 11-01 12:00 | run1 | run2",
                    "unseen | 10 | EUR | 11-01 12:00 | 11-01 12:00 | 10 | EUR | - | 11-01 12:00 | run1 | run1",
                }
            )
        );
        Assert.That(
            await OutcomeTextsAsync(second),
            Is.EqualTo(new[] { "0 changed Delivered ", "0 new Delivered ", "0 same Unchanged " })
        );
    }

    [Test]
    public async Task AggregateOffersAsync_OldRunAgain_KeepsWhatIsNewer()
    {
        var newer = await _workspace.AggregateAsync("run2", null, await _workspace.WriteBatchAsync(0, Records.Offer("a", 2, 12m)));

        var again = await _workspace.AggregateAsync(
            "run1-r1",
            newer,
            await _workspace.WriteBatchAsync(1, Records.Offer("a", 1, 10m), Records.Offer("old", 1, 7m))
        );

        Assert.That(
            Workspace.Rows(again, DatasetNames.LatestOffers, "object_key, price, last_run_id"),
            Is.EqualTo(new[] { "a | 12 | run2", "old | 7 | run1-r1" })
        );
        Assert.That(Workspace.Rows(again, DatasetNames.PriceChanges, "*"), Is.Empty);
        Assert.That(await OutcomeTextsAsync(again), Is.EqualTo(new[] { "1 a Filtered superseded", "1 old Delivered " }));
    }

    [Test]
    public async Task AggregateOffersAsync_PriceGoesAndComesBack_KeepsTheFirstPrice()
    {
        var result = await RunsAsync(Records.Offer("a", 1, 10m), Records.Offer("a", 2, null, null), Records.Offer("a", 3, 15m));

        Assert.That(
            result.SelectMany(r => Workspace.Rows(r, DatasetNames.LatestOffers, "price, first_price, first_price_currency_code, previous_price")),
            Is.EqualTo(new[] { "10 | 10 | EUR | -", "- | 10 | EUR | 10", "15 | 10 | EUR | -" })
        );
    }

    [Test]
    public async Task AggregateOffersAsync_PriceComesLater_IsTheFirstPrice()
    {
        var result = await RunsAsync(Records.Offer("a", 1, null, null), Records.Offer("a", 2, 8m), Records.Offer("a", 3, 9m));

        Assert.That(
            result.SelectMany(r => Workspace.Rows(r, DatasetNames.LatestOffers, "price, first_price, previous_price")),
            Is.EqualTo(new[] { "- | - | -", "8 | 8 | -", "9 | 8 | 8" })
        );
    }

    [Test]
    public async Task AggregateOffersAsync_CurrencyChanges_FirstPriceStartsAnew()
    {
        var result = await RunsAsync(Records.Offer("a", 1, 10m), Records.Offer("a", 2, 11m, "USD"), Records.Offer("a", 3, 12m, "USD"));

        Assert.That(
            result.SelectMany(r =>
                Workspace.Rows(r, DatasetNames.LatestOffers, "price, currency_code, first_price, first_price_currency_code, previous_price")
            ),
            Is.EqualTo(new[] { "10 | EUR | 10 | EUR | -", "11 | USD | 11 | USD | 10", "12 | USD | 11 | USD | 11" })
        );
    }

    [Test]
    public async Task AggregateOffersAsync_DuplicatesInTheRun_NewestIsTakenAndTheOthersFiltered()
    {
        var result = await _workspace.AggregateAsync(
            "run1",
            null,
            await _workspace.WriteBatchAsync(2, Records.Offer("a", 1, 10m), Records.Offer("a", 3, 30m), Records.Offer("b", 1, 1m)),
            await _workspace.WriteBatchAsync(1, Records.Offer("a", 2, 20m))
        );

        Assert.That(
            Workspace.Rows(result, DatasetNames.LatestOffers, "object_key, price"),
            Is.EqualTo(new[] { "a | 30", "b | 1" })
        );
        Assert.That(
            await OutcomeTextsAsync(result),
            Is.EqualTo(
                new[] { "1 a Filtered duplicate", "2 a Delivered ", "2 a Filtered duplicate", "2 b Delivered " }
            )
        );
        Assert.That(
            result.Outcomes.Select(o => (o.Batch, o.DeliveredCount, o.UnchangedCount, o.FilteredCount)),
            Is.EqualTo(new[] { (1, 0, 0, 1), (2, 2, 0, 1) })
        );
    }

    [Test]
    public async Task AggregateOffersAsync_DuplicatesAtTheSameTime_GoByBatchThenUrl()
    {
        var result = await _workspace.AggregateAsync(
            "run1",
            null,
            await _workspace.WriteBatchAsync(7, Records.Offer("a", 1, 70m, url: "https://shop.example/0")),
            await _workspace.WriteBatchAsync(
                3,
                Records.Offer("a", 1, 31m, url: "https://shop.example/1"),
                Records.Offer("a", 1, 32m, url: "https://shop.example/2")
            )
        );

        Assert.That(Workspace.Rows(result, DatasetNames.LatestOffers, "price"), Is.EqualTo(new[] { "31" }));
    }

    [Test]
    public async Task AggregateOffersAsync_NoBatches_KeepsThePreviousRows()
    {
        var first = await _workspace.AggregateAsync("run1", null, await _workspace.WriteBatchAsync(0, Records.Offer("a", 1, 10m)));

        var second = await _workspace.AggregateAsync("run2", first);

        Assert.That(Workspace.Rows(second, DatasetNames.LatestOffers, "object_key, last_run_id"), Is.EqualTo(new[] { "a | run1" }));
        Assert.That(second.Outcomes, Is.Empty);
    }

    [Test]
    public async Task AggregateOffersAsync_EmptyBatch_HasAnEmptyOutcomeFile()
    {
        var result = await _workspace.AggregateAsync("run1", null, await _workspace.WriteBatchAsync(5, Array.Empty<Offer>()));

        Assert.That(result.Outcomes.Select(o => o.Batch), Is.EqualTo(new[] { 5 }));
        Assert.That(await _workspace.OutcomesAsync(result.Outcomes[0]), Is.Empty);
        Assert.That(result.Files.Select(f => f.RowCount), Is.All.Zero);
    }

    [Test]
    public async Task AggregateOffersAsync_PreviousFilesOfTheSameRun_Throws()
    {
        var batch = await _workspace.WriteBatchAsync(0, Records.Offer("a", 1, 10m));
        var first = await _workspace.AggregateAsync("run1", null, batch);

        Assert.That(async () => await _workspace.AggregateAsync("run1", first, batch), Throws.InvalidOperationException);
    }

    [Test]
    public async Task AggregateOffersAsync_MoreRowsThanAFileHolds_SplitsByKey()
    {
        using var workspace = new Workspace(options => options.MaxRowsPerFile = 1_000);
        var keys = Enumerable.Range(0, 3_000).Select(i => ObjectKey.FromUrl($"https://shop.example/{i}")).ToList();
        var first = await workspace.AggregateAsync(
            "run1",
            null,
            await workspace.WriteBatchAsync(0, keys.Take(2_000).Select(k => Records.Offer(k, 1, 10m)).ToArray())
        );

        var second = await workspace.AggregateAsync(
            "run2",
            first,
            await workspace.WriteBatchAsync(0, keys.Skip(1_000).Select(k => Records.Offer(k, 2, 20m)).ToArray())
        );

        Assert.That(Workspace.Latest(first).Select(Path.GetFileName), Is.EqualTo(new[] { "latest_offers-00.parquet", "latest_offers-80.parquet" }));
        Assert.That(Workspace.Latest(second), Has.Count.EqualTo(4));
        Assert.That(
            Workspace.Rows(second, DatasetNames.LatestOffers, "object_key"),
            Is.EqualTo(keys.Order(StringComparer.Ordinal)),
            "each key once, in order over all files"
        );
        Assert.That(second.Files.Single(f => f.Dataset == DatasetNames.PriceChanges).RowCount, Is.EqualTo(1_000));
    }

    private async Task<List<GoldResult>> RunsAsync(params Offer[] versions)
    {
        var results = new List<GoldResult>();
        for (var i = 0; i < versions.Length; i++)
        {
            var batch = await _workspace.WriteBatchAsync(0, versions[i]);
            results.Add(await _workspace.AggregateAsync($"run{i}", results.LastOrDefault(), batch));
        }

        return results;
    }

    private async Task<List<string>> OutcomeTextsAsync(GoldResult result)
    {
        var texts = new List<string>();
        foreach (var file in result.Outcomes)
        {
            var outcomes = await _workspace.OutcomesAsync(file);
            texts.AddRange(outcomes.Select(o => $"{file.Batch} {o.ObjectKey} {o.State} {o.Reason}"));
        }

        return texts;
    }
}
