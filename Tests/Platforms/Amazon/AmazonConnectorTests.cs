using System.Text;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.Amazon;
using Marketline.Platforms.Api;
using Marketline.Tests.Platforms.Contract;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Amazon;

internal sealed class AmazonConnectorTests
{
    private const string CatalogUrl = "https://sellingpartnerapi-na.amazon.com/catalog/2022-04-01/items?keywords=kettle&includedData=summaries&pageSize=20&marketplaceIds=ATVPDKIKX0DER&page=1";
    private const string PricingUrl = "https://sellingpartnerapi-na.amazon.com/batches/products/pricing/2022-05-01/items/competitiveSummary?identifiers=B000000001&marketplaceIds=ATVPDKIKX0DER";
    private const string ItemsUrl = "https://creatorsapi.amazon/catalog/v1/getItems?identifiers=B000000001&marketplaceIds=ATVPDKIKX0DER";

    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(AmazonConnector.PlatformName);

    [TestCase("B07N4M94X4", "B07N4M94X4")]
    [TestCase(" 031606792X ", "031606792X")]
    [TestCase("https://www.amazon.de/Samsung-QLED/dp/B07N4M94X4/ref=sr_1_1?th=1", "B07N4M94X4")]
    [TestCase("https://www.amazon.com/gp/product/B07N4M94X4", "B07N4M94X4")]
    [TestCase("https://www.amazon.com/product-reviews/B07N4M94X4?pageNumber=2", "B07N4M94X4")]
    [TestCase("b07n4m94x4", null)]
    [TestCase("B07N4M94X", null)]
    [TestCase("https://www.amazon.com/s?k=B07N4M94X4", null)]
    [TestCase("", null)]
    public void TryParse_Asin_IsKnownInEachForm(string text, string? expected)
    {
        Assert.That(Asin.TryParse(text)?.Value, Is.EqualTo(expected));
    }

    [TestCase("refreshToken", "x", null, "https://sellingpartnerapi-na.amazon.com/")]
    [TestCase("refreshToken", "x", "EU", "https://sellingpartnerapi-eu.amazon.com/")]
    [TestCase("refreshToken", "x", "moon", "https://sellingpartnerapi-na.amazon.com/")]
    [TestCase("partnerTag", "x", "fe", "https://creatorsapi.amazon/catalog/v1/")]
    public void EndpointOf_Credentials_IsOfTheirApiAndRegion(string name, string value, string? region, string expected)
    {
        var values = new Dictionary<string, string> { [name] = value };
        if (region is not null)
        {
            values["region"] = region;
        }

        Assert.That(Connector.Api!.EndpointOf(new PlatformCredentials("amazon", values)).AbsoluteUri, Is.EqualTo(expected));
    }

    [TestCase("0.5", 2)]
    [TestCase("2.0", 0.5)]
    [TestCase("0.0000001", 300)]
    [TestCase("0", null)]
    [TestCase("-1", null)]
    [TestCase("NaN", null)]
    [TestCase("many", null)]
    public void PauseAfter_RateLimit_IsItsInverse(string header, double? seconds)
    {
        var answer = new ApiAnswer { StatusCode = 200, Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["X-Amzn-RateLimit-Limit"] = header } };

        Assert.That(Connector.Api!.PauseAfter(answer)?.TotalSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public async Task PlanTargetsAsync_Batches_DifferInTheirIdentity()
    {
        var targets = await PlanAsync("https://www.amazon.com/", CrawlKind.Prices, [.. Enumerable.Range(0, 25).Select(AmazonServer.AsinOf)], [], new Uri("https://sellingpartnerapi-na.amazon.com/"));

        Assert.That(targets.Select(target => target.Url), Is.Unique.And.Exactly(2).Items);
        Assert.That(targets.Select(target => target.FetchUrl), Is.All.EqualTo("https://sellingpartnerapi-na.amazon.com/batches/products/pricing/2022-05-01/items/competitiveSummary"));
    }

    [TestCase("https://shop.example/", "B07N4M94X4", CrawlKind.Prices, "amazon.co.jp")]
    [TestCase("https://www.amazon.de/", "B07N4M94X4", CrawlKind.Prices, "'eu'")]
    [TestCase("https://www.amazon.com/", "kettle", CrawlKind.Prices, "'kettle'")]
    [TestCase("https://www.amazon.com/", "", CrawlKind.Prices, "Name items")]
    public async Task PlanTargetsAsync_ApiThatCanNot_SaysWhatToDo(string site, string item, CrawlKind kind, string expected)
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => PlanAsync(site, kind, item.Length == 0 ? [] : [item], [], new Uri("https://sellingpartnerapi-na.amazon.com/")));

        Assert.That(error!.Message, Does.Contain(expected).And.Contain(site));
    }

    [Test]
    public async Task PlanTargetsAsync_Pages_AreTheProductsOwn()
    {
        var targets = await PlanAsync("https://www.amazon.de/", CrawlKind.Reviews, ["B07N4M94X4", "https://www.amazon.de/x/dp/B07N4M94X4?th=1"], [], null);

        Assert.That(targets, Is.EqualTo(new[] { new CrawlTarget("https://www.amazon.de/dp/B07N4M94X4") }));
    }

    [TestCase("https://sellingpartnerapi-na.amazon.com/batches/products/pricing/2022-05-01/items/competitiveSummary?identifiers=B07N4M94X4&marketplaceIds=ATVPDKIKX0DER", "{\"responses\":[{\"status\":{\"statusCode\":200},\"body\":{\"asin\":\"B07N4M94X4\"}}]}")]
    [TestCase("https://creatorsapi.amazon/catalog/v1/getItems?identifiers=B07N4M94X4&marketplaceIds=ATVPDKIKX0DER", "{\"itemResults\":{\"items\":[{\"asin\":\"B07N4M94X4\"}]}}")]
    [TestCase("https://www.amazon.com/Kettle/dp/B07N4M94X4/ref=x?th=1", "<html><span id=\"productTitle\">Kettle</span></html>")]
    public void Extract_ApisAndPages_HaveOneKey(string url, string body)
    {
        var catalog = Connector.Extract(Page(CatalogUrl, $"{{\"items\":[{AmazonServer.CatalogItem("B07N4M94X4")}]}}"), CrawlKind.Products).Objects.Single();

        Assert.That(Connector.Extract(Page(url, body), CrawlKind.Prices).Objects.Single().ObjectKey, Is.EqualTo(catalog.ObjectKey));
    }

    [TestCase(CatalogUrl, "{\"numberOfResults\":0,\"items\":[]}", AmazonAnswerReader.NoItems, null)]
    [TestCase(CatalogUrl, "{\"items\":{}}", null, AmazonAnswerReader.UnknownAnswer)]
    [TestCase(CatalogUrl, "<html>", null, "not-json")]
    [TestCase(CatalogUrl, "", null, "empty-body")]
    [TestCase(PricingUrl, "{\"responses\":[null,1,{},{}]}", AmazonAnswerReader.NoItems, null)]
    [TestCase(PricingUrl, "{\"errors\":[]}", null, AmazonAnswerReader.UnknownAnswer)]
    [TestCase(ItemsUrl, "{\"errors\":[{\"code\":\"ItemNotAccessible\"}]}", AmazonAnswerReader.NoItems, null)]
    [TestCase(ItemsUrl, "{}", null, AmazonAnswerReader.UnknownAnswer)]
    public void Extract_NoResults_SaysWhy(string url, string body, string? skip, string? defect)
    {
        var result = Connector.Extract(Page(url, body), CrawlKind.Products);

        Assert.That((result.Objects.Count, result.SkipReason, result.DefectReason), Is.EqualTo((0, skip, defect)));
    }

    [TestCase("{\"asin\":\"B000000001\",\"featuredBuyingOptions\":[],\"lowestPricedOffers\":[{\"offers\":[{\"listingPrice\":{\"amount\":7,\"currencyCode\":\"USD\"},\"subCondition\":\"Good\"}]}]}", "7", "InStock")]
    [TestCase("{\"asin\":\"B000000001\",\"featuredBuyingOptions\":[],\"lowestPricedOffers\":[]}", null, "OutOfStock")]
    [TestCase("{\"asin\":\"B000000001\",\"featuredBuyingOptions\":\"x\",\"referencePrices\":7}", null, "OutOfStock")]
    public void Extract_NothingFeatured_IsTheLowestOfferOrGone(string body, string? price, string stock)
    {
        var offer = Connector.Extract(Page(PricingUrl, $"{{\"responses\":[{{\"status\":{{\"statusCode\":200}},\"body\":{body}}}]}}"), CrawlKind.Prices).Objects.Single();

        Assert.That((offer.Text(FieldNames.Price), offer.Text(FieldNames.Availability)), Is.EqualTo((price, stock)));
    }

    [Test]
    public void Extract_TenThousandItems_GivesEachOnce()
    {
        var page = Page(CatalogUrl, $"{{\"items\":[{string.Join(',', Enumerable.Range(0, 10_000).Select(index => AmazonServer.CatalogItem(AmazonServer.AsinOf(index))))}]}}");

        Assert.That(Connector.Extract(page, CrawlKind.Products).Objects, Has.Count.EqualTo(10_000));
        Assert.That(Connector.FollowUps(page, CrawlKind.Prices).Count(), Is.EqualTo(500));
    }

    [TestCase("<span class=a-price><span class=a-offscreen>$79.99</span></span>", "$79.99")]
    [TestCase("<span class=\"a-price priceToPay\"><span class=a-offscreen> </span><span aria-hidden=true><span>$</span><span>79<span>.</span></span><span>99</span></span></span>", "$79.99")]
    [TestCase("<span class=\"a-price a-text-price\" data-a-strike=true><span class=a-offscreen>$99.00</span></span><span class=a-price><span class=a-offscreen>$79.99</span></span>", "$79.99")]
    [TestCase("<span class=\"a-price a-text-price\"><span class=a-offscreen>$99.00</span></span>", null)]
    public void Extract_PricePlace_IsThePriceToPay(string markup, string? expected)
    {
        var offer = Connector.Extract(Page("https://www.amazon.com/dp/B000000001", $"<html><span id=productTitle>Kettle</span><div id=corePrice_feature_div>{markup}</div></html>"), CrawlKind.Prices).Objects.Single();

        Assert.That(offer.Text(FieldNames.Price), Is.EqualTo(expected));
    }

    [TestCase("Reviewed in the United States on February 3, 2026", "2026-02-03")]
    [TestCase("Bewertet in Deutschland am 3. März 2026", "2026-03-03")]
    [TestCase("Commenté en France le 14 août 2025", "2025-08-14")]
    [TestCase("Revisado en España el 1 de diciembre de 2025", "2025-12-01")]
    [TestCase("Recensito in Italia il 9 luglio 2025", "2025-07-09")]
    [TestCase("Beoordeeld in Nederland op 30 mei 2025", "2025-05-30")]
    [TestCase("2026年2月3日に日本でレビュー済み", "2026-02-03")]
    [TestCase("some day", "some day")]
    [TestCase(null, null)]
    public void Find_ReviewDate_IsTheDay(string? text, string? expected)
    {
        Assert.That(AmazonReviewDate.Find(text), Is.EqualTo(expected));
    }

    [Test]
    public async Task FetchAsync_CaptchaPage_IsBlocked()
    {
        await using var site = new HostileSite();
        using var crawl = new CrawlFixture();
        site.Page("/dp/B000000001", "<html><head><title>Amazon.com</title></head><body><h4>Enter the characters you see below</h4><form method=\"get\" action=\"/errors/validateCaptcha\" name=\"\"><input name=\"field-keywords\"></form></body></html>");

        var page = await crawl.FetchAsync(site.Url("/dp/B000000001"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.BlockedCaptcha));
    }

    private static Task<List<CrawlTarget>> PlanAsync(string site, CrawlKind kind, string[] items, string[] searches, Uri? api) =>
        ScriptedSite.PlanAsync(Connector, new SitePlan(new Uri(site)) { Items = items, Searches = searches, Api = api }, kind);

    private static FetchedPage Page(string url, string body) =>
        new() { Url = url, FinalUrl = url, FetchedUtc = ConnectorPage.Seen, StatusCode = 200, ContentType = url.Contains("/dp/", StringComparison.Ordinal) ? "text/html" : "application/json", Body = Encoding.UTF8.GetBytes(body) };
}
