using System.Text;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Shopify;

namespace Marketline.Tests.Platforms.Shopify;

internal sealed class ShopifyListingReaderTests
{
    private static readonly CleanContext Products = new("shopify", "shop.example", CrawlKind.Products, DateTimeOffset.UnixEpoch);

    [Test]
    public void Read_Variants_AreOffersOfTheirOwn()
    {
        var page = ShopResponses.Listing(
            "?limit=250&page=1&currency=CAD",
            """{"id":1,"title":"Mug","handle":"mug","variants":[{"id":11,"title":"Small","sku":"S","price":"12.00","available":true},{"id":12,"title":"Large","sku":"L","price":"14.00","available":false}]}"""
        );

        var offers = ShopifyListingReader.Read(page).Objects;

        Assert.That(
            offers.Select(offer => (offer.Text(FieldNames.Name), offer.Text(FieldNames.Sku), offer.Text(FieldNames.Price), offer.Text(FieldNames.Availability), offer.Url, offer.Position)),
            Is.EqualTo(
                new[]
                {
                    ("Mug - Small", "S", "12.00", "InStock", "https://shop.example/products/mug?variant=11", "products[0].variants[0]"),
                    ("Mug - Large", "L", "14.00", "OutOfStock", "https://shop.example/products/mug?variant=12", "products[0].variants[1]"),
                }
            )
        );
        Assert.That(offers[0].ObjectKey, Is.EqualTo(ObjectKey.FromPlatformId("shopify", "shop.example", "11")));
    }

    [Test]
    public void Read_OnlyVariant_IsTheProductAtItsOwnAddress()
    {
        var offer = Only(ShopResponses.Listing("", ShopResponses.Product(1)));

        Assert.That((offer.Text(FieldNames.Name), offer.Url), Is.EqualTo(("Mug 1", "https://shop.example/products/mug-1")));
    }

    [Test]
    public void Read_SameVariantOnAnotherPage_HasTheSameKey()
    {
        var first = Only(ShopResponses.Listing("?limit=250&page=1&currency=CAD", ShopResponses.Product(1)));
        var second = Only(ShopResponses.Listing("?page=2&limit=50", ShopResponses.Product(1)));

        Assert.That(second.ObjectKey, Is.EqualTo(first.ObjectKey));
    }

    [TestCase("CAD", "CAD")]
    [TestCase("", null)]
    [TestCase("XX1", null)]
    public void Read_Currency_IsWhatTheAddressSays(string currency, string? expected)
    {
        var offer = Only(ShopResponses.Listing($"?limit=250&page=1&currency={currency}", ShopResponses.Product(1)));

        var clean = OfferCleaner.Clean(offer, Products).Record;

        Assert.That((clean?.Price, clean?.CurrencyCode), Is.EqualTo(((decimal?)12, expected)));
    }

    [TestCase("\"15.00\"", 15)]
    [TestCase("15.5", 15.5)]
    [TestCase("\"12.00\"", null)]
    [TestCase("\"0.00\"", null)]
    [TestCase("\"\"", null)]
    [TestCase("null", null)]
    [TestCase("{}", null)]
    public void Read_CompareAtPrice_IsAListPriceWhenHigher(string compareAt, double? expected)
    {
        var offer = Only(ShopResponses.Listing("?currency=CAD", ShopResponses.Product(1, ShopResponses.Variant(1, $",\"compare_at_price\":{compareAt}"))));

        var clean = OfferCleaner.Clean(offer, Products).Record;

        Assert.That(clean?.ListPrice, Is.EqualTo((decimal?)expected));
    }

    [TestCase("\"036000291452\"", "036000291452", 0)]
    [TestCase("4006381333931", "4006381333931", 0)]
    [TestCase("\"036000291453\"", null, 1)]
    [TestCase("\"\"", null, 0)]
    [TestCase("null", null, 0)]
    public void Read_Barcode_IsAGtinWhenItsCheckDigitIsRight(string barcode, string? expected, int warningCount)
    {
        var offer = Only(ShopResponses.Listing("?currency=CAD", ShopResponses.Product(1, ShopResponses.Variant(1, $",\"barcode\":{barcode}"))));

        var result = OfferCleaner.Clean(offer, Products);

        Assert.That((result.Record?.Gtin, result.Violations.Count), Is.EqualTo((expected, warningCount)));
    }

    [TestCase("true", "InStock")]
    [TestCase("false", "OutOfStock")]
    [TestCase("null", null)]
    [TestCase("\"true\"", null)]
    public void Read_Available_IsKnownOrNotSaid(string available, string? expected)
    {
        var offer = Only(ShopResponses.Listing("", ShopResponses.Product(1, $"{{\"id\":1,\"price\":\"5.00\",\"available\":{available}}}")));

        Assert.That(offer.Text(FieldNames.Availability), Is.EqualTo(expected));
    }

    [TestCase(",\"featured_image\":{\"src\":\"https://cdn.example/own.jpg\"}", "https://cdn.example/own.jpg")]
    [TestCase(",\"featured_image\":null", "https://cdn.example/first.jpg")]
    [TestCase(",\"featured_image\":\"x\"", "https://cdn.example/first.jpg")]
    public void Read_Image_IsTheVariantsElseTheProducts(string member, string expected)
    {
        var images = ",\"images\":[{\"src\":\"https://cdn.example/first.jpg\"},{\"src\":\"https://cdn.example/second.jpg\"}]";

        var offer = Only(ShopResponses.Listing("", ShopResponses.Product(1, ShopResponses.Variant(1, member), images)));

        Assert.That(offer.Text(FieldNames.Image), Is.EqualTo(expected));
    }

    [TestCase("{\"id\":1,\"title\":\"Mug\",\"handle\":\"mug\"}", "Mug", "https://shop.example/products/mug")]
    [TestCase("{\"id\":1,\"title\":\"Mug\",\"handle\":\"mug\",\"variants\":[]}", "Mug", "https://shop.example/products/mug")]
    [TestCase("{\"id\":1,\"title\":\"Mug\",\"handle\":\"mug\",\"variants\":{\"id\":1}}", "Mug", "https://shop.example/products/mug")]
    [TestCase("{\"id\":1,\"title\":\"Mug\",\"handle\":\"mug\",\"variants\":[{\"title\":\"Red\"}]}", "Mug - Red", "https://shop.example/products/mug")]
    [TestCase("{\"id\":1,\"title\":\"Mug\",\"variants\":[{\"id\":7,\"title\":\"Red\"}]}", "Mug - Red", "https://shop.example/products?variant=7")]
    [TestCase("{\"id\":1,\"title\":\"Mug\",\"handle\":\"krug-ä/1\",\"variants\":[{\"id\":7,\"title\":\"Red\"}]}", "Mug - Red", "https://shop.example/products/krug-%C3%A4%2F1?variant=7")]
    public void Read_MembersMissing_ProductIsNotLost(string product, string name, string url)
    {
        var offer = Only(ShopResponses.Listing("", product));

        Assert.That((offer.Text(FieldNames.Name), offer.Url), Is.EqualTo((name, url)));
    }

    [TestCase("null")]
    [TestCase("\"mug\"")]
    [TestCase("{}")]
    public void Read_ProductThatIsNone_IsRejectedNotLost(string product)
    {
        var offer = Only(ShopResponses.Listing("", product));

        Assert.That(OfferCleaner.Clean(offer, Products).Violations.Single().Rule, Is.EqualTo(CleanRules.RecordEmpty));
    }

    [Test]
    public void Read_TextWithHalfACharacter_IsLeftOutAlone()
    {
        var offer = Only(ShopResponses.Listing("", "{\"id\":1,\"title\":\"Mug\",\"body_html\":\"cut \\ud83d\",\"variants\":[{\"id\":1,\"price\":\"5.00\"}]}"));

        Assert.That((offer.Text(FieldNames.Name), offer.Text(FieldNames.Price), offer.Text(FieldNames.Description)), Is.EqualTo(("Mug", "5.00", (string?)null)));
    }

    [Test]
    public void Read_Latin1UnderUtf8_IsReadAsItIs()
    {
        var body = Encoding.Latin1.GetBytes("{\"products\":[{\"id\":1,\"title\":\"Krug für Kaffee\",\"variants\":[{\"id\":1,\"price\":\"5.00\"}]}]}");

        var offer = Only(ShopResponses.Page("https://shop.example/products.json", body));

        Assert.That(offer.Text(FieldNames.Name), Is.EqualTo("Krug für Kaffee"));
    }

    [TestCase("", ShopifyListingReader.EmptyBody, null)]
    [TestCase(ShopResponses.PasswordPage, ShopifyListingReader.NotJson, null)]
    [TestCase("{\"errors\":\"Not Found\"}", ShopifyListingReader.NotJson, null)]
    [TestCase("{\"products\":null}", ShopifyListingReader.NotJson, null)]
    [TestCase("{\"products\":[{\"id\":1", ShopifyListingReader.NotJson, null)]
    [TestCase("{\"products\":[]}", null, ShopifyListingReader.NoProducts)]
    public void Read_NoListing_SaysWhy(string body, string? defect, string? skip)
    {
        var result = ShopifyListingReader.Read(ShopResponses.Page("https://shop.example/products.json?limit=250&page=1", body));

        Assert.That((result.Objects.Count, result.DefectReason, result.SkipReason), Is.EqualTo((0, defect, skip)));
    }

    private static ExtractedObject Only(FetchedPage page)
    {
        var result = ShopifyListingReader.Read(page);
        Assert.That(result.Objects, Has.Count.EqualTo(1), $"skipped: {result.SkipReason}, defect: {result.DefectReason}");
        return result.Objects[0];
    }
}
