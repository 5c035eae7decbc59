using System.Text;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.Ebay;
using Marketline.Tests.Platforms.Contract;

namespace Marketline.Tests.Platforms.Ebay;

internal sealed class EbayConnectorTests
{
    private const string SearchUrl = "https://api.ebay.com/buy/browse/v1/item_summary/search?q=kettle&limit=200&offset=0&marketplace=EBAY_US";
    private const string ItemUrl = "https://api.ebay.com/buy/browse/v1/item/get_item_by_legacy_id?legacy_item_id=110000000001&marketplace=EBAY_US";

    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(EbayConnector.PlatformName);

    [TestCase("110000000001", "110000000001", null)]
    [TestCase(" v1|110000000001|0 ", "110000000001", null)]
    [TestCase("v1|110000000001|41", "110000000001", "41")]
    [TestCase("https://www.ebay.co.uk/itm/110000000001", "110000000001", null)]
    [TestCase("https://www.ebay.de/itm/a-kettle/110000000001?epid=4&var=41#x", "110000000001", "41")]
    [TestCase("https://www.ebay.de/itm/110000000001?var=0", "110000000001", null)]
    public void TryParse_Item_IsKnownInEachForm(string text, string listing, string? variation)
    {
        Assert.That(EbayItemId.TryParse(text), Is.EqualTo(new EbayItemId(listing, variation)));
    }

    [TestCase("")]
    [TestCase("kettle")]
    [TestCase("12345")]
    [TestCase("v2|110000000001|0")]
    [TestCase("https://www.ebay.de/sch/i.html?_nkw=110000000001")]
    [TestCase("https://www.ebay.de/itm/../110000000001/x/y")]
    public void TryParse_SomethingElse_IsNoItem(string text)
    {
        Assert.That(EbayItemId.TryParse(text), Is.Null);
    }

    [TestCase("https://www.ebay.com/", "EBAY_US")]
    [TestCase("https://ebay.co.uk/", "EBAY_GB")]
    [TestCase("https://www.ebay.com.au/", "EBAY_AU")]
    [TestCase("https://ebay.de.evil.example/", null)]
    public void OfSite_Host_HasItsMarketplace(string site, string? expected)
    {
        Assert.That(EbayMarketplace.OfSite(new Uri(site)), Is.EqualTo(expected));
    }

    [Test]
    public async Task PlanTargetsAsync_Calls_CarryTheMarketplaceAndNoMore()
    {
        var targets = await PlanAsync("https://www.ebay.de/", CrawlKind.Prices, ["110000000001"], ["café & co"], isApi: true);

        Assert.That(targets.Select(target => target.Url), Is.EqualTo(new[]
        {
            "https://api.ebay.com/buy/browse/v1/item/get_item_by_legacy_id?legacy_item_id=110000000001&marketplace=EBAY_DE",
            "https://api.ebay.com/buy/browse/v1/item_summary/search?q=caf%C3%A9%20%26%20co&limit=200&offset=0&marketplace=EBAY_DE",
        }));
        Assert.That(targets.Select(target => target.FetchUrl), Has.None.Contains("marketplace="));
        Assert.That(targets.Select(target => target.Call!.Headers["X-EBAY-C-MARKETPLACE-ID"]), Is.All.EqualTo("EBAY_DE"));
    }

    [TestCase("https://shop.example/", "110000000001", CrawlKind.Prices, "ebay.co.uk")]
    [TestCase("https://www.ebay.de/", "kettle", CrawlKind.Prices, "'kettle'")]
    [TestCase("https://www.ebay.de/", "", CrawlKind.Prices, "Name items or searches")]
    public async Task PlanTargetsAsync_ApiThatCanNot_SaysWhatToDo(string site, string item, CrawlKind kind, string expected)
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => PlanAsync(site, kind, item.Length == 0 ? [] : [item], [], isApi: true));

        Assert.That(error!.Message, Does.Contain(expected).And.Contain(site));
    }

    [Test]
    public async Task PlanTargetsAsync_Pages_AreTheItemsOwn()
    {
        var targets = await PlanAsync("https://www.ebay.de/", CrawlKind.Prices, ["v1|110000000001|41", "110000000002", "https://www.ebay.de/itm/x/110000000002"], [], isApi: false);

        Assert.That(targets, Is.EqualTo(new[] { new CrawlTarget("https://www.ebay.de/itm/110000000001?var=41"), new CrawlTarget("https://www.ebay.de/itm/110000000002") }));
    }

    [Test]
    public async Task PlanTargetsAsync_SearchPages_AreRefused()
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => PlanAsync("https://www.ebay.de/", CrawlKind.Prices, [], ["kettle"], isApi: false));

        Assert.That(error!.Message, Does.Contain("robots.txt"));
    }

    [Test]
    public void Extract_PageAndApi_HaveOneKey()
    {
        var page = Page("https://www.ebay.com/itm/110000000001?var=41", "<html><h1>Kettle</h1><script type=\"application/ld+json\">{\"@type\":\"Product\",\"name\":\"Kettle\",\"offers\":{\"price\":5,\"priceCurrency\":\"USD\"}}</script></html>", "text/html");
        var answer = Page(ItemUrl, EbayServer.Item("110000000001", "41"));

        var keys = new[] { page, answer }.Select(body => Connector.Extract(body, CrawlKind.Prices).Objects.Single().ObjectKey);

        Assert.That(keys.Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("2026-01-31T00:00:00.000Z", "OutOfStock")]
    [TestCase("2026-03-31T00:00:00.000Z", "InStock")]
    [TestCase("soon", "InStock")]
    public void Extract_ListingWithAnEnd_IsGoneAfterIt(string end, string expected)
    {
        var offer = Connector.Extract(Page(ItemUrl, EbayServer.Item("110000000001", members: $",\"itemEndDate\":\"{end}\"")), CrawlKind.Prices).Objects.Single();

        Assert.That(offer.Text(FieldNames.Availability), Is.EqualTo(expected));
    }

    [TestCase("{\"total\":0,\"limit\":200,\"offset\":0}", EbayAnswerReader.NoItems, null)]
    [TestCase("{\"total\":1,\"itemSummaries\":[]}", EbayAnswerReader.NoItems, null)]
    [TestCase("{\"itemSummaries\":{}}", null, EbayAnswerReader.UnknownAnswer)]
    [TestCase("{\"errors\":[{\"errorId\":12000}]}", null, EbayAnswerReader.UnknownAnswer)]
    [TestCase("<html>splash</html>", null, "not-json")]
    [TestCase("[]", null, "not-json")]
    [TestCase("", null, "empty-body")]
    public void Extract_NoResults_SaysWhy(string body, string? skip, string? defect)
    {
        var result = Connector.Extract(Page(SearchUrl, body), CrawlKind.Prices);

        Assert.That((result.Objects.Count, result.SkipReason, result.DefectReason), Is.EqualTo((0, skip, defect)));
    }

    [TestCase("{\"total\":1,\"itemSummaries\":[null,1,\"x\",[],{},{\"itemId\":7},{\"itemId\":\"v1|110000000001|0\",\"price\":\"5\",\"image\":[],\"categories\":null,\"estimatedAvailabilities\":{}}]}", "https://www.ebay.com/itm/110000000001")]
    public void Extract_WrongTypes_LosesNoItem(string body, string url)
    {
        var result = Connector.Extract(Page(SearchUrl, body), CrawlKind.Prices);

        Assert.That(result.Objects.Select(item => item.Url), Has.Member(url));
    }

    [Test]
    public void Extract_TenThousandItems_GivesEachOnce()
    {
        var items = Enumerable.Range(0, 10_000).Select(index => EbayServer.Item($"11{index:0000000000}"));
        var page = Page(SearchUrl, $"{{\"total\":10000,\"next\":\"x\",\"itemSummaries\":[{string.Join(',', items)}]}}");

        Assert.That(Connector.Extract(page, CrawlKind.Prices).Objects, Has.Count.EqualTo(10_000));
        Assert.That(Connector.FollowUps(page, CrawlKind.Products).Count(), Is.EqualTo(10_001));
    }

    [TestCase(9_600, 1)]
    [TestCase(9_800, 0)]
    public void FollowUps_EndOfEbaysReach_AsksForNoMore(int offset, int expected)
    {
        var page = Page(SearchUrl.Replace("offset=0", $"offset={offset}", StringComparison.Ordinal), "{\"next\":\"https://evil.example/\",\"itemSummaries\":[]}");

        Assert.That(Connector.FollowUps(page, CrawlKind.Prices).Count(), Is.EqualTo(expected));
    }

    private static Task<List<CrawlTarget>> PlanAsync(string site, CrawlKind kind, string[] items, string[] searches, bool isApi) =>
        ScriptedSite.PlanAsync(Connector, new SitePlan(new Uri(site)) { Items = items, Searches = searches, Api = isApi ? new Uri("https://api.ebay.com/") : null }, kind);

    private static FetchedPage Page(string url, string body, string contentType = "application/json") =>
        new() { Url = url, FinalUrl = url, FetchedUtc = ConnectorPage.Seen, StatusCode = 200, ContentType = contentType, Body = Encoding.UTF8.GetBytes(body) };
}
