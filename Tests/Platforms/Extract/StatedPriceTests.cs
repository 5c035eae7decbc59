using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Tests.Platforms.Extract;

/// <summary>A price that markup states and that is none goes to cleaning as evidence, unless the page has a readable one.</summary>
public sealed class StatedPriceTests
{
    private static readonly CleanContext Products = new("generic-shop", "shop.example", CrawlKind.Products, DateTimeOffset.UnixEpoch);

    [TestCase("\"0\"", "0", CleanRules.PriceNotPositive)]
    [TestCase("\"0.00\"", "0.00", CleanRules.PriceNotPositive)]
    [TestCase("0", "0", CleanRules.PriceNotPositive)]
    [TestCase("\"-5.00\"", "-5.00", CleanRules.PriceNotPositive)]
    [TestCase("\"free\"", "free", CleanRules.PriceNotPositive)]
    [TestCase("\"Price on request\"", "Price on request", CleanRules.PriceUnreadable)]
    [TestCase("\"n/a\"", "n/a", CleanRules.PriceUnreadable)]
    [TestCase("\"{{ price }}\"", "{{ price }}", CleanRules.PriceUnreadable)]
    public void Read_JsonLdPriceThatIsNone_IsRejectedWithValueAndPlace(string price, string raw, string rule)
    {
        var page = Pages.JsonLd($$"""{"@type": "Product", "name": "Blue Pen", "offers": {"price": {{price}}, "priceCurrency": "EUR"} }""");

        var result = OfferCleaner.Clean(Pages.Offer(page), Products);

        Assert.That(result.Record, Is.Null);
        Assert.That(result.Violations, Is.EqualTo(new[] { new RuleViolation(rule, FieldNames.Price, raw, "page jsonld[0].offers.price") }));
    }

    [TestCase("<div itemscope itemtype=\"https://schema.org/Product\"><span itemprop=\"name\">Blue Pen</span><div itemprop=\"offers\" itemscope itemtype=\"https://schema.org/Offer\"><span itemprop=\"price\">On request</span></div></div>")]
    [TestCase("<div vocab=\"https://schema.org/\" typeof=\"Product\"><span property=\"name\">Blue Pen</span><div property=\"offers\" typeof=\"Offer\"><span property=\"price\">On request</span></div></div>")]
    [TestCase("<meta property=\"og:type\" content=\"product\"><meta property=\"product:price:amount\" content=\"On request\">")]
    public void Read_OtherMarkupWithWordsForAPrice_IsRejected(string markup)
    {
        var result = OfferCleaner.Clean(Pages.Offer(Pages.Product(markup)), Products);

        Assert.That(result.Violations.Select(violation => (violation.Rule, violation.RawValue)), Is.EqualTo(new[] { (CleanRules.PriceUnreadable, "On request") }));
    }

    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"offers\": [{\"price\": \"0\"}, {\"price\": \"19.50\"}]}", "")]
    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"offers\": {\"price\": \"on request\", \"lowPrice\": \"19.50\"}}", "")]
    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"offers\": {\"price\": \"0.00\"}}", "<p class=\"price\">€19.50</p>")]
    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"offers\": {\"price\": \"0\"}}", "<script>var state = {\"name\": \"Blue Pen\", \"price\": 19.50, \"sku\": 1};</script>")]
    public void Read_AnotherPriceIsReadable_IsTaken(string json, string body)
    {
        var result = OfferCleaner.Clean(Pages.Offer(Pages.JsonLd(json, body)), Products);

        Assert.That(result.Record?.Price, Is.EqualTo(19.5m));
    }

    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"sku\": \"PEN-1\"}", "")]
    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"sku\": \"PEN-1\", \"offers\": {\"price\": \"\"}}", "")]
    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"sku\": \"PEN-1\", \"offers\": {\"price\": null}}", "")]
    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"sku\": \"PEN-1\"}", "<p class=\"price\">Price on request</p>")]
    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"sku\": \"PEN-1\"}", "<meta name=\"twitter:data1\" content=\"Made of wood\"><meta name=\"price\" content=\"ask\">")]
    [TestCase("{\"@type\": \"Product\", \"name\": \"Blue Pen\", \"sku\": \"PEN-1\"}", "<script>var state = {\"name\": \"Blue Pen\", \"price\": 0};</script>")]
    public void Read_NoPriceStated_IsDeliveredWithoutOne(string json, string body)
    {
        var result = OfferCleaner.Clean(Pages.Offer(Pages.JsonLd(json, body)), Products);

        Assert.That((result.Record?.Name, result.Record?.Price), Is.EqualTo(("Blue Pen", (decimal?)null)));
    }
}
