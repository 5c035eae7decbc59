using System.Globalization;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

[TestFixture]
internal sealed class TruthTests
{
    private DemoMarketplaceServer _server = null!;
    private ShopClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _server = await DemoMarketplaceServer.StartAsync(
            new DemoMarketplaceOptions { Day = 5 },
            CancellationToken.None
        );
        _client = new ShopClient(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Truth_OverHttp_IsTheSameAsInProcess()
    {
        var text = await _client.TextAsync(_server.IndexUrl + "_truth/cedar.jsonl?day=7");
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        var parsed = lines.Select(line => JsonSerializer.Deserialize<TruthLine>(line, options)!).ToArray();
        var expected = _server.GroundTruth("cedar", 7).ToArray();

        Assert.That(parsed, Has.Length.EqualTo(expected.Length));
        Assert.That(
            parsed.Select(line => JsonSerializer.Serialize(line)),
            Is.EqualTo(expected.Select(line => JsonSerializer.Serialize(line)))
        );
    }

    [Test]
    public async Task Truth_Price_IsAText()
    {
        var text = await _client.TextAsync(_server.IndexUrl + "_truth/alder.jsonl");

        using var line = JsonDocument.Parse(
            text.Split('\n').First(candidate => candidate.Contains("\"price\"", StringComparison.Ordinal))
        );
        var price = line.RootElement.GetProperty("products")[0].GetProperty("price");

        Assert.That(price.ValueKind, Is.EqualTo(JsonValueKind.String));
        Assert.That(decimal.Parse(price.GetString()!, CultureInfo.InvariantCulture), Is.GreaterThan(0));
    }

    [Test]
    public async Task Truth_NoDayGiven_IsTodays()
    {
        var today = await _client.TextAsync(_server.IndexUrl + "_truth/birch.jsonl");
        var fifth = await _client.TextAsync(_server.IndexUrl + "_truth/birch.jsonl?day=5");

        Assert.That(today, Is.EqualTo(fifth));
    }

    [Test]
    public void GroundTruth_UnknownShop_Throws() =>
        Assert.Throws<ArgumentException>(() => _server.GroundTruth("oak", 0));

    [Test]
    public async Task GroundTruth_EveryShop_ListsExactlyTheSitemap()
    {
        foreach (var shop in _server.Shops)
        {
            var sitemap = await _client.SitemapAsync(shop);

            var truth = _server.GroundTruth(shop, 5).Select(line => line.Url).ToArray();

            Assert.That(truth, Is.EqualTo(sitemap), shop);
            Assert.That(truth, Is.Unique, shop);
        }
    }

    [Test]
    public void GroundTruth_Duplicates_ShareTheirCanonicalWithALine()
    {
        var lines = _server.GroundTruth("cedar", 5).ToArray();

        var duplicates = lines
            .Where(line => line.Expected.Products is { State: "filtered", Reason: "duplicate" })
            .ToArray();

        Assert.That(duplicates, Has.Length.GreaterThan(3));
        Assert.That(duplicates.Select(line => line.Canonical), Is.SubsetOf(lines.Select(line => line.Url).ToArray()));
    }

    /// <summary>The marketplace must not share code with the product, so that the words are compared here.</summary>
    [Test]
    public void GroundTruth_FetchFailures_UseTheProductsReasons()
    {
        var known = typeof(FetchReasons).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToArray();

        var used = _server
            .Shops.SelectMany(shop => _server.GroundTruth(shop, 5))
            .Select(line => line.Expected.Products)
            .Where(outcome => outcome.State == "failed")
            .Select(outcome => outcome.Reason!)
            .Distinct()
            .ToArray();

        Assert.That(used, Is.SubsetOf(known));
        Assert.That(used, Has.Length.GreaterThanOrEqualTo(7));
    }

    [Test]
    public void GroundTruth_GtinWithWrongCheckDigit_IsLeftOutWithAWarning()
    {
        var products = _server.GroundTruth("birch", 0).SelectMany(line => line.Products).ToArray();

        Assert.That(products.Count(product => product.Warnings.Contains("gtin-check-digit")), Is.InRange(1, 30));
        Assert.That(products.Where(product => product.Warnings.Count > 0).Select(product => product.Gtin), Is.All.Null);
    }
}
