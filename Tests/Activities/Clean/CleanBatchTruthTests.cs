using System.Text.Json;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Lineage;
using Marketline.Core.Naming;
using Marketline.Core.Runs;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.Activities.Clean;

/// <summary>What cleaning makes of the faulty shop, beside what the shop says of itself.</summary>
internal sealed class CleanBatchTruthTests
{
    /// <summary>Waits of seconds, which are the crawler's matter, and prices that extraction takes for none at all.</summary>
    private static readonly string[] LeftOut =
    [
        "RateLimitedOnce", "RateLimitedAlways", "UnavailableOnce", "StallsBeforeHeaders", "StallsInBody", "PriceOnRequest", "ZeroPrice",
    ];

    private ActivityWorker _worker = null!;
    private DemoMarketplaceServer _market = null!;
    private CrawledBatch _batch = null!;

    [OneTimeSetUp]
    public async Task CrawlAsync()
    {
        _worker = await ActivityWorker.StartAsync();
        var options = new DemoMarketplaceOptions { Shops = ["grove"], ProductsPerShop = 100, PageSizeBytes = 4_000 };
        _market = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        var lines = _market.GroundTruth("grove", 0).Where(line => !LeftOut.Contains(line.Fault) && line.Expected.Products.Reason != "duplicate");
        _batch = await CrawledBatch.CrawlAsync(_worker, _market, "grove", lines);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _worker.DisposeAsync();
        await _market.DisposeAsync();
    }

    [TestCase(CrawlKind.Products)]
    [TestCase(CrawlKind.Prices)]
    public async Task RunAsync_Offers_EndAsTheTruthSays(CrawlKind kind)
    {
        var run = await _batch.PutAsync(_worker, kind);

        var output = await _worker.CleanAsync(new CleanBatchInput(run, 0, _batch.Lines.Count));

        var expected = _batch.Lines.ToDictionary(line => line.Url, line => Text(kind == CrawlKind.Products ? line.Expected.Products : line.Expected.Prices));
        var outcomes = await _worker.Blobs(run).OutcomesAsync(0);
        var rejected = expected.Where(pair => pair.Value.StartsWith("quarantined", StringComparison.Ordinal)).ToList();
        Assert.That(outcomes.ToDictionary(outcome => outcome.Url, Text), Is.EquivalentTo(expected));
        Assert.That(output.Objects, Is.EqualTo(Count([.. expected.Values])));
        Assert.That(
            (await _worker.Blobs(run).QuarantinedAsync(0)).Select(record => (record.Url, $"quarantined {record.Violations[0].Rule}")),
            Is.EquivalentTo(rejected.Select(pair => (pair.Key, pair.Value)))
        );
        Assert.That(rejected, Is.Not.Empty);
    }

    [Test]
    public async Task RunAsync_Offers_RowsHaveTheTruthsPrices()
    {
        var run = await _batch.PutAsync(_worker, CrawlKind.Products);

        await _worker.CleanAsync(new CleanBatchInput(run, 0, _batch.Lines.Count));

        var rows = await _worker.Blobs(run).RowsAsync(BlobNames.Clean(run, 0));
        Assert.That(
            rows.Select(row => (Find(row, "url")?.GetString(), Find(row, "price")?.GetDecimal(), Find(row, "sku")?.GetString())),
            Is.EquivalentTo(
                _batch.Lines.Where(line => line.Expected.Products.State == "delivered")
                    .Select(line => (line.Url, line.Products[0].Price, line.Products[0].Sku))
            )
        );
    }

    [Test]
    public async Task RunAsync_Reviews_AreAsManyAsTheTruthHasAndNoAuthorIsNamed()
    {
        var run = await _batch.PutAsync(_worker, CrawlKind.Reviews);

        var output = await _worker.CleanAsync(new CleanBatchInput(run, 0, _batch.Lines.Count));

        var rows = await _worker.Blobs(run).RowsAsync(BlobNames.Clean(run, 0));
        var reviews = _batch.Lines.SelectMany(line => line.Reviews).ToList();
        var texts = rows.Select(row => row.GetRawText());
        var unread = _batch.Lines.Where(line => line.Reviews.Count == 0).Select(line => Text(line.Expected.Reviews)).ToList();
        Assert.That(reviews, Is.Not.Empty);
        Assert.That(output.Objects, Is.EqualTo(Count(unread) with { Ingested = unread.Count + reviews.Count }));
        Assert.That(rows.Select(row => row.GetProperty("body").GetString()), Is.EquivalentTo(reviews.Select(review => review.Body)));
        Assert.That(texts.Where(text => reviews.Any(review => text.Contains(review.Author, StringComparison.OrdinalIgnoreCase))), Is.Empty);
    }

    private static JsonElement? Find(JsonElement row, string column) =>
        row.TryGetProperty(column, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Text(ExpectedOutcome expected) =>
        expected.State == "delivered" ? "intransit " : $"{expected.State} {expected.Reason}";

    private static string Text(ObjectOutcome outcome) =>
        // Here the status stands beside the reason.
        $"{outcome.State.ToString().ToLowerInvariant()} {outcome.Reason?.Replace("-500", "", StringComparison.Ordinal)}";

    private static ObjectCounts Count(List<string> outcomes)
    {
        return new ObjectCounts
        {
            Ingested = outcomes.Count,
            Filtered = Of("filtered"),
            Quarantined = Of("quarantined"),
            Failed = Of("failed"),
        };

        int Of(string state) => outcomes.Count(outcome => outcome.StartsWith(state, StringComparison.Ordinal));
    }
}
