using System.Globalization;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

/// <summary>Every product page of every shop, read by plain means, says what the ground truth says.</summary>
[TestFixture]
internal sealed class StructuredDataTests
{
    private const int Day = 9;

    private DemoMarketplaceServer _server = null!;
    private ShopClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var options = new DemoMarketplaceOptions
        {
            PageSizeBytes = 4000,
            ProductsPerShop = 120,
            Day = Day,
        };
        _server = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        _client = new ShopClient(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("alder")]
    [TestCase("dune")]
    [TestCase("elm")]
    public async Task JsonLd_EveryPage_AgreesWithTheTruth(string shop)
    {
        await foreach (var (line, document) in PagesAsync(shop))
        {
            var product = JsonLdReader.Product(document);
            var offers = JsonLdReader.Offers(product).ToArray();

            Assert.That(offers, Has.Length.EqualTo(line.Products.Count), line.Url);
            foreach (var (offer, truth) in offers.Zip(line.Products))
            {
                AssertOffer(offer, truth);
            }

            AssertProduct(product, line.Products[0]);
            Assert.That(JsonLdReader.Reviews(product), Is.EqualTo(line.Reviews), line.Url);
        }
    }

    [Test]
    public async Task Microdata_EveryPage_AgreesWithTheTruth() =>
        await AssertAttributesAsync("birch", "main[itemtype='https://schema.org/Product']", "itemprop");

    [Test]
    public async Task Rdfa_EveryPage_AgreesWithTheTruth() =>
        await AssertAttributesAsync("cedar", "main[typeof=Product]", "property");

    [Test]
    public async Task OpenGraph_EveryPage_HasTheMainOffersPrice()
    {
        await foreach (var (line, document) in PagesAsync("cedar"))
        {
            Assert.That(
                document.QuerySelector("meta[property='og:title']")!.GetAttribute("content"),
                Is.EqualTo(line.Products[0].Name)
            );
            var price = document.QuerySelector("meta[property='product:price:amount']")!.GetAttribute("content");
            Assert.That(Invariant(price), Is.EqualTo(line.Products[0].Price), line.Url);
        }
    }

    [Test]
    public async Task SecondHandOffers_SomePages_StandBesideTheMainOne()
    {
        var counts = new List<int>();
        await foreach (var (_, document) in PagesAsync("cedar"))
        {
            counts.Add(document.QuerySelectorAll("main [property=offers]").Length);
            Assert.That(document.QuerySelector(".price-box")!.TextContent, Does.Contain("Free shipping over $50.00"));
        }

        Assert.That(counts.Count(count => count == 2), Is.InRange(15, 60));
        Assert.That(counts.Max(), Is.EqualTo(2));
    }

    [Test]
    public async Task VisibleTextOnly_EveryPage_AgreesWithTheTruth()
    {
        await foreach (var (line, document) in PagesAsync("fjord"))
        {
            var truth = line.Products[0];
            var price = document
                .QuerySelector(".price")!
                .TextContent.Replace("kr", "", StringComparison.Ordinal)
                .Replace(",-", "", StringComparison.Ordinal);
            var details = document
                .QuerySelectorAll(".specs tr")
                .ToDictionary(row => row.Children[0].TextContent, row => row.Children[1].TextContent);

            Assert.That(
                document.QuerySelectorAll("script[type], [itemprop], [property], [typeof]"),
                Is.Empty,
                line.Url
            );
            Assert.That(document.DocumentElement.GetAttribute("lang"), Is.EqualTo("nb-NO"));
            Assert.That(Norwegian(price), Is.EqualTo(truth.Price), line.Url);
            Assert.That(document.QuerySelector("h1")!.TextContent, Is.EqualTo(truth.Name));
            Assert.That(details["Varenummer"], Is.EqualTo(truth.Sku));
            Assert.That(details["Merke"], Is.EqualTo(truth.Brand));
            Assert.That(
                document.QuerySelectorAll(".price-box del").Length,
                Is.EqualTo(truth.ListPrice is null ? 0 : 1)
            );
        }
    }

    [Test]
    public async Task GermanPrices_EveryPage_StandInGermanForm()
    {
        await foreach (var (line, document) in PagesAsync("alder"))
        {
            var shown = document.QuerySelector(".price")!.TextContent;

            Assert.That(shown, Does.Match(@"^\d{1,3}(\.\d{3})*,\d\d\u00A0€$"));
            Assert.That(German(shown), Is.EqualTo(line.Products[0].Price), line.Url);
        }
    }

    [TestCase("alder")]
    [TestCase("birch")]
    [TestCase("cedar")]
    [TestCase("elm")]
    [TestCase("fjord")]
    public async Task CanonicalAndBreadcrumbs_EveryPage_AreThere(string shop)
    {
        await foreach (var (line, document) in PagesAsync(shop))
        {
            var crumbs = document.QuerySelector(".crumbs")!.TextContent;

            Assert.That(
                document.QuerySelector("link[rel=canonical]")!.GetAttribute("href"),
                Is.EqualTo(line.Canonical)
            );
            Assert.That(crumbs, Does.EndWith(line.Products[0].Category!.Split(" > ")[^1]), line.Url);
        }
    }

    private async IAsyncEnumerable<(TruthLine Line, IDocument Document)> PagesAsync(string shop)
    {
        foreach (var line in _server.GroundTruth(shop, Day).Where(line => line.Products.Count > 0))
        {
            var page = await ShopPageReader.TextAsync(_client, line.Url);
            yield return (line, new HtmlParser().ParseDocument(page));
        }
    }

    private async Task AssertAttributesAsync(string shop, string scope, string attribute)
    {
        await foreach (var (line, document) in PagesAsync(shop))
        {
            var truth = line.Products[0];
            var product = new AttributeReader(document.QuerySelector(scope)!, attribute);
            var offer = product.Nested("offers");

            Assert.That(product["name"], Is.EqualTo(truth.Name), line.Url);
            Assert.That(product["sku"], Is.EqualTo(truth.Sku));
            Assert.That(product["mpn"], Is.EqualTo(truth.Mpn));
            Assert.That(product["brand"], Is.EqualTo(truth.Brand));
            Assert.That(product["category"], Is.EqualTo(truth.Category));
            Assert.That(product["image"], Is.EqualTo(truth.Image));
            Assert.That(
                truth.Warnings.Count > 0 ? null : product["gtin13"] ?? product["gtin12"],
                Is.EqualTo(truth.Gtin)
            );
            Assert.That(Invariant(offer["price"]!.TrimStart('£')), Is.EqualTo(truth.Price), line.Url);
            Assert.That(offer["priceCurrency"], Is.EqualTo(truth.Currency));
            Assert.That(offer["availability"], Does.EndWith("schema.org/" + truth.Availability));
            Assert.That(offer["itemCondition"], Does.EndWith($"schema.org/{truth.Condition}Condition"));
            Assert.That(offer.Nested("seller")["name"], Is.EqualTo(truth.Seller));
            Assert.That(product.Find("aggregateRating") is null, Is.EqualTo(truth.RatingValue is null));
            if (truth.RatingValue is { } rating)
            {
                Assert.That(Invariant(product.Nested("aggregateRating")["ratingValue"]), Is.EqualTo(rating));
                Assert.That(product.Nested("aggregateRating")["reviewCount"], Is.EqualTo($"{truth.ReviewCount}"));
            }

            Assert.That(product.Reviews(), Is.EqualTo(line.Reviews), line.Url);
        }
    }

    private static void AssertOffer(JsonElement product, TruthProduct truth)
    {
        var offer = product.GetProperty("offers");
        Assert.That(JsonLdReader.Text(product, "name"), Is.EqualTo(truth.Name));
        Assert.That(JsonLdReader.Text(product, "sku"), Is.EqualTo(truth.Sku));
        Assert.That(JsonLdReader.Price(offer), Is.EqualTo(truth.Price), truth.Url);
        Assert.That(JsonLdReader.Text(offer, "priceCurrency"), Is.EqualTo(truth.Currency));
        Assert.That(JsonLdReader.Text(offer, "availability"), Does.EndWith("schema.org/" + truth.Availability));
        Assert.That(JsonLdReader.Text(offer, "url"), Is.EqualTo(truth.Url));
        Assert.That(
            offer.TryGetProperty("priceSpecification", out var list) ? JsonLdReader.Price(list) : null,
            Is.EqualTo(truth.ListPrice)
        );
        var gtin = JsonLdReader.Text(product, "gtin13") ?? JsonLdReader.Text(product, "gtin12");
        Assert.That(truth.Warnings.Count > 0 ? null : gtin, Is.EqualTo(truth.Gtin));
        Assert.That(
            offer.TryGetProperty("seller", out var seller) ? JsonLdReader.Text(seller, "name") : null,
            Is.EqualTo(truth.Seller)
        );
        var condition = JsonLdReader.Text(offer, "itemCondition");
        Assert.That(
            condition is null
                ? truth.Condition is null
                : condition.EndsWith($"/{truth.Condition}Condition", StringComparison.Ordinal)
        );
    }

    private static void AssertProduct(JsonElement product, TruthProduct truth)
    {
        Assert.That(JsonLdReader.Text(product, "category"), Is.EqualTo(truth.Category));
        Assert.That(JsonLdReader.Text(product.GetProperty("brand"), "name"), Is.EqualTo(truth.Brand));
        Assert.That(product.GetProperty("image")[0].GetString(), Is.EqualTo(truth.Image));
        Assert.That(JsonLdReader.Text(product, "mpn"), Is.EqualTo(truth.Mpn));
        var hasRating = product.TryGetProperty("aggregateRating", out var rating);
        Assert.That(
            hasRating ? rating.GetProperty("ratingValue").GetDecimal() : (decimal?)null,
            Is.EqualTo(truth.RatingValue)
        );
        Assert.That(
            hasRating ? rating.GetProperty("reviewCount").GetInt32() : (int?)null,
            Is.EqualTo(truth.ReviewCount)
        );
    }

    private static decimal Invariant(string? text) => decimal.Parse(text!, CultureInfo.InvariantCulture);

    private static decimal German(string text) =>
        Invariant(text.TrimEnd('€', '\u00A0').Replace(".", "", StringComparison.Ordinal).Replace(',', '.'));

    private static decimal Norwegian(string text) =>
        Invariant(text.Replace("\u00A0", "", StringComparison.Ordinal).Replace(',', '.'));
}
