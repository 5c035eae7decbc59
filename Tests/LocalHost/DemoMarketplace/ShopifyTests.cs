using System.Globalization;
using System.Net;
using System.Text.Json;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.LocalHost.DemoMarketplace.Truth;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

[TestFixture]
internal sealed class ShopifyTests
{
    private const int Day = 3;

    private DemoMarketplaceServer _server = null!;
    private ShopClient _client = null!;
    private string _shop = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var options = new DemoMarketplaceOptions
        {
            Shops = ["elm"],
            ProductsPerShop = 280,
            PageSizeBytes = 1,
            Day = Day,
        };
        _server = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        _client = new ShopClient(_server);
        _shop = _server.BaseUrl("elm");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("", 30)]
    [TestCase("?limit=7", 7)]
    [TestCase("?limit=250", 250)]
    [TestCase("?limit=1000", 250)]
    [TestCase("?limit=250&page=9", 0)]
    public async Task ProductsJson_Limit_DecidesTheCount(string query, int count)
    {
        var products = await _client.JsonAsync(_shop + "/products.json" + query);

        Assert.That(products.GetProperty("products").GetArrayLength(), Is.EqualTo(count));
    }

    [Test]
    public async Task ProductsJson_BeyondTheReach_IsABadRequest()
    {
        using var response = await _client.GetAsync(_shop + "/products.json?limit=250&page=101");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("25000"));
    }

    [Test]
    public async Task ProductsJson_AllPages_AgreeWithTheTruth()
    {
        var truth = Lines().SelectMany(line => line.Products).ToDictionary(product => product.Id);
        var seen = new List<string>();
        foreach (var product in await AllAsync())
        {
            foreach (var variant in product.GetProperty("variants").EnumerateArray())
            {
                var id = variant.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture);
                seen.Add(id);
                AssertVariant(product, variant, truth[id]);
            }
        }

        Assert.That(seen, Is.Unique);
        Assert.That(seen, Is.EquivalentTo(truth.Keys));
    }

    [Test]
    public async Task ProductsJson_Product_HasTheFieldsOfAStorefront()
    {
        var product = (await AllAsync())[0];

        Assert.That(
            product.EnumerateObject().Select(property => property.Name),
            Is.EquivalentTo(
                new[]
                {
                    "id",
                    "title",
                    "handle",
                    "body_html",
                    "published_at",
                    "created_at",
                    "updated_at",
                    "vendor",
                    "product_type",
                    "tags",
                    "variants",
                    "images",
                    "options",
                }
            )
        );
        Assert.That(product.GetProperty("tags").ValueKind, Is.EqualTo(JsonValueKind.Array));
        Assert.That(product.GetProperty("variants")[0].TryGetProperty("barcode", out _), Is.False);
    }

    [Test]
    public async Task ProductJson_ByHandle_HasBarcodesAndOneTextOfTags()
    {
        foreach (var line in Lines().Take(40))
        {
            var product = (await _client.JsonAsync(line.Url + ".json")).GetProperty("product");

            var barcodes = product
                .GetProperty("variants")
                .EnumerateArray()
                .Select(variant => variant.GetProperty("barcode").GetString());

            Assert.That(product.GetProperty("tags").ValueKind, Is.EqualTo(JsonValueKind.String));
            Assert.That(
                product.GetProperty("variants")[0].GetProperty("price_currency").GetString(),
                Is.EqualTo("CAD")
            );
            if (line.Products[0].Warnings.Count == 0)
            {
                Assert.That(barcodes, Is.EqualTo(line.Products.Select(truth => truth.Gtin)), line.Url);
            }
        }
    }

    [Test]
    public async Task MetaJson_TellsTheCurrencyThatPricesLack()
    {
        var meta = await _client.JsonAsync(_shop + "/meta.json");

        Assert.That(meta.GetProperty("currency").GetString(), Is.EqualTo("CAD"));
        Assert.That(meta.GetProperty("published_products_count").GetInt32(), Is.EqualTo(Lines().Count()));
    }

    [Test]
    public async Task Sitemap_Index_IsShopifys()
    {
        var index = await _client.TextAsync(_shop + "/sitemap.xml");

        Assert.That(index, Does.Match(@"/sitemap_products_1\.xml\?from=\d{13}&amp;to=\d{13}</loc>"));
        Assert.That(index, Does.Contain("/sitemap_pages_1.xml</loc>").And.Contain("/sitemap_collections_1.xml</loc>"));
    }

    [Test]
    public async Task ProductPage_VariantAddress_ShowsTheProduct()
    {
        var variant = Lines().First(line => line.Products.Count > 1).Products[1];

        var page = await _client.TextAsync(variant.Url);

        Assert.That(page, Does.Contain(variant.Sku).And.Contain("var meta = {\"product\":{\"id\":76"));
    }

    private IEnumerable<TruthLine> Lines() => _server.GroundTruth("elm", Day).Where(line => line.Products.Count > 0);

    private async Task<List<JsonElement>> AllAsync()
    {
        var all = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var products = (await _client.JsonAsync($"{_shop}/products.json?limit=250&page={page}")).GetProperty(
                "products"
            );
            if (products.GetArrayLength() == 0)
            {
                return all;
            }

            all.AddRange(products.EnumerateArray());
        }
    }

    private static void AssertVariant(JsonElement product, JsonElement variant, TruthProduct truth)
    {
        var title = product.GetProperty("title").GetString();
        var isDefault = variant.GetProperty("title").GetString() == "Default Title";
        var listPrice = variant.GetProperty("compare_at_price");
        Assert.That(isDefault ? title : $"{title} - {variant.GetProperty("title")}", Is.EqualTo(truth.Name));
        Assert.That(variant.GetProperty("sku").GetString(), Is.EqualTo(truth.Sku));
        Assert.That(Money(variant.GetProperty("price")), Is.EqualTo(truth.Price));
        Assert.That(listPrice.ValueKind == JsonValueKind.Null ? null : Money(listPrice), Is.EqualTo(truth.ListPrice));
        Assert.That(variant.GetProperty("available").GetBoolean(), Is.EqualTo(truth.Availability == "InStock"));
        Assert.That(product.GetProperty("vendor").GetString(), Is.EqualTo(truth.Brand));
        Assert.That(product.GetProperty("product_type").GetString(), Is.EqualTo(truth.Category));
        Assert.That(product.GetProperty("images")[0].GetProperty("src").GetString(), Is.EqualTo(truth.Image));
    }

    private static decimal? Money(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
