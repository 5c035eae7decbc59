using System.Text;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.Ebay;
using Marketline.Tests.Platforms.Api;
using Marketline.Tests.Platforms.Contract;

namespace Marketline.Tests.Platforms.Ebay;

/// <summary>The Browse API as a run uses it, over a real socket.</summary>
[CancelAfter(60_000)]
internal sealed class EbayApiTests
{
    private const string Site = "https://www.ebay.de/";

    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(EbayConnector.PlatformName);

    private EbayServer _server = null!;
    private ApiCrawl _crawl = null!;

    [SetUp]
    public async Task SetUpAsync()
    {
        _server = await EbayServer.StartAsync();
        _crawl = _server.Crawl();
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        _crawl.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Crawl_PricesOfASearch_TakesAllPagesOfResults()
    {
        _server.ResultCount = 450;

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, searches: ["enamel kettle"]);

        var offers = Connector.Offers(pages, CrawlKind.Prices);
        Assert.That(pages.Select(page => page.FailureReason), Is.All.Null);
        Assert.That(_server.Api.CallsTo("/buy/browse/v1/item_summary/search").Select(call => (call.Query["q"], call.Query["limit"], call.Query["offset"])), Is.EqualTo(new[] { ("enamel kettle", "200", "0"), ("enamel kettle", "200", "200"), ("enamel kettle", "200", "400") }));
        Assert.That(offers.Select(offer => offer.ObjectKey), Is.Unique.And.Exactly(450).Items);
        Assert.That(offers.Select(offer => (offer.Price, offer.CurrencyCode)), Is.All.EqualTo((24.90m, "EUR")));
    }

    [Test]
    public async Task Crawl_ProductsOfASearch_AsksForEachResult()
    {
        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Products, searches: ["kettle"]);

        var offers = Connector.Offers(pages, CrawlKind.Products);
        Assert.That(pages, Has.Count.EqualTo(4));
        Assert.That(offers.Select(offer => (offer.Brand, offer.Gtin, offer.Mpn, offer.Availability, offer.Condition)), Is.All.EqualTo(("Hearth", "4006381333931", "HK-1", Availability.InStock, ItemCondition.New)));
        Assert.That(offers.Select(offer => offer.Url), Is.EqualTo(new[] { "https://www.ebay.de/itm/110000000000", "https://www.ebay.de/itm/110000000001", "https://www.ebay.de/itm/110000000002" }));
    }

    [Test]
    public async Task Crawl_ResultsWithVariations_AsksForEachGroupOnce()
    {
        (_server.ResultCount, _server.AreResultsGroups) = (2, true);

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Products, searches: ["kettle"]);

        Assert.That(_server.Api.CallsTo("/buy/browse/v1/item/get_items_by_item_group").Select(call => call.Query["item_group_id"]), Is.EqualTo(new[] { "110000000000", "110000000001" }));
        Assert.That(Connector.Offers(pages, CrawlKind.Products).Select(offer => offer.Url), Is.EqualTo(new[]
        {
            "https://www.ebay.de/itm/110000000000?var=410000000001", "https://www.ebay.de/itm/110000000000?var=410000000002",
            "https://www.ebay.de/itm/110000000001?var=410000000001", "https://www.ebay.de/itm/110000000001?var=410000000002",
        }));
    }

    [Test]
    public async Task Crawl_ItemsOfAllForms_AreAskedForEachInItsWay()
    {
        string[] items = ["110000000007", "v1|110000000008|0", "v1|110000000009|410000000001", "https://www.ebay.de/itm/kettle/110000000010?hash=x&var=410000000002", "https://www.ebay.com/itm/110000000007"];

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, items);

        Assert.That(_server.Api.Calls.Select(call => call.Target).Skip(1), Is.EquivalentTo(new[]
        {
            "/buy/browse/v1/item/get_item_by_legacy_id?legacy_item_id=110000000007",
            "/buy/browse/v1/item/get_item_by_legacy_id?legacy_item_id=110000000008",
            "/buy/browse/v1/item/v1%7C110000000009%7C410000000001",
            "/buy/browse/v1/item/v1%7C110000000010%7C410000000002",
        }));
        Assert.That(Connector.Offers(pages, CrawlKind.Prices), Has.Count.EqualTo(4));
    }

    [TestCase(CrawlKind.Products)]
    [TestCase(CrawlKind.Prices)]
    public async Task Crawl_ItemThatIsAGroup_LeadsToItsVariations(CrawlKind kind)
    {
        var pages = await _crawl.CrawlAsync(Site, kind, ["110000000900"]);

        Assert.That(pages.Select(page => (page.StatusCode, page.FailureReason)), Is.EqualTo(new[] { (400, (string?)null), (200, null) }));
        Assert.That(Connector.Extract(pages[0], kind).SkipReason, Is.EqualTo(EbayAnswerReader.ItemGroup));
        Assert.That(Connector.Extract(pages[1], kind).Objects.Select(item => item.Text("description")), Is.All.EqualTo("Two litres."));
    }

    [TestCase("110000000404", FetchReasons.NotFound, "11003")]
    [TestCase("v1|110000000404|410000000001", null, null)]
    [TestCase("110000000500", FetchReasons.HttpError, "11000")]
    public async Task Crawl_ErrorBody_SaysWhyWithItsCode(string item, string? reason, string? code)
    {
        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, [item]);

        Assert.That(pages.Single().FailureReason, Is.EqualTo(reason));
        Assert.That(pages.Single().FailureDetail ?? "", Does.Contain(code ?? ""));
    }

    [Test]
    public async Task Crawl_Throttled_ComesBack()
    {
        _server.ThrottledCount = 1;

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["110000000001"]);

        Assert.That(pages.Select(page => (page.FailureReason, page.AttemptCount)), Is.EqualTo(new[] { ((string?)null, 2) }));
    }

    [Test]
    public async Task Crawl_ThrottledForTheDay_EndsAsBlockedAndSaysSo()
    {
        _server.ThrottledCount = 100;

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["110000000001"]);

        Assert.That(pages.Single().FailureReason, Is.EqualTo(FetchReasons.Blocked));
        Assert.That(pages.Single().FailureDetail, Does.Contain("2001"));
    }

    [TestCase("<html><title>Pardon our interruption</title></html>", "text/html", "not-json")]
    [TestCase("{\"total\":3,\"itemSummaries\":[{\"itemId\":\"v1|1100", "application/json", "not-json")]
    [TestCase("null", "application/json", "not-json")]
    [TestCase("", "application/json", "empty-body")]
    public async Task Crawl_AnswerThatIsNone_IsADefect(string body, string contentType, string defect)
    {
        _server.BrokenReply = new ApiReply(200, body, contentType);

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Products, searches: ["kettle"]);

        Assert.That(pages.Select(page => (page.FailureReason, Connector.Extract(page, CrawlKind.Products).DefectReason)), Is.EqualTo(new[] { ((string?)null, defect) }));
    }

    [TestCase(503, "<html>down</html>", FetchReasons.HttpError, 2)]
    [TestCase(400, "<html>bad</html>", FetchReasons.HttpError, 1)]
    [TestCase(404, "", FetchReasons.NotFound, 1)]
    [TestCase(403, "{\"errors\":[{\"errorId\":1100,\"domain\":\"ACCESS\",\"category\":\"REQUEST\",\"message\":\"Access denied\"}]}", FetchReasons.CredentialsRefused, 1)]
    public async Task Crawl_ErrorWithoutAKnownCode_FollowsTheStatus(int status, string body, string reason, int attemptCount)
    {
        _server.BrokenReply = new ApiReply(status, body);

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["110000000001"]);

        Assert.That(pages.Select(page => (page.FailureReason, page.AttemptCount)), Is.EqualTo(new[] { ((string?)reason, attemptCount) }));
    }

    [Test]
    public async Task Crawl_LedElsewhere_IsNotFollowedWithTheToken()
    {
        await using var other = await LoopbackApi.StartAsync(_ => ApiReply.Ok("{}"));
        _server.BrokenReply = new ApiReply(302, "") { Headers = new Dictionary<string, string> { ["Location"] = other.Root.AbsoluteUri } };

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["110000000001"]);

        Assert.That(pages.Single().FailureReason, Is.EqualTo(FetchReasons.ProtocolError));
        Assert.That(other.Calls, Is.Empty);
    }

    [Test]
    public async Task Crawl_ManyCalls_ShareOneToken()
    {
        _server.ResultCount = 40;

        await _crawl.CrawlAsync(Site, CrawlKind.Products, searches: ["kettle"]);

        Assert.That(_server.Api.CallsTo("/identity/v1/oauth2/token").Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Crawl_TokenNotTakenAnyMore_AsksForANewOneOnce()
    {
        _server.AnswersPerToken = 1;

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["110000000001", "110000000002"]);

        Assert.That(pages.Select(page => page.FailureReason), Is.All.Null);
        Assert.That(_server.Api.CallsTo("/identity/v1/oauth2/token").Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task Crawl_TokenExpires_AsksForANewOneBeforeItDoes()
    {
        var time = new ManualTimeProvider();
        using var crawl = _server.Crawl(time);
        var target = (await crawl.PlanAsync(Site, CrawlKind.Prices, ["110000000001"])).Single();

        await crawl.FetchAsync(target);
        time.Advance(TimeSpan.FromSeconds(7200 - 59));
        var (page, _) = await crawl.FetchAsync(target);

        Assert.That(page.FailureReason, Is.Null);
        Assert.That(_server.Api.CallsTo("/identity/v1/oauth2/token").Count(), Is.EqualTo(2));
    }

    [TestCase("{\"access_token\":null,\"expires_in\":7200}")]
    [TestCase("{\"access_token\":\"a\\r\\nX-Evil: 1\",\"expires_in\":7200}")]
    [TestCase("{\"access_token\":\"a\",\"expires_in\":\"soon\"}")]
    [TestCase("[]")]
    [TestCase("<html>")]
    public async Task Crawl_NoTokenInTheAnswer_IsRefused(string reply)
    {
        _server.TokenReply = reply;

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["110000000001"]);

        Assert.That(pages.Single().FailureReason, Is.EqualTo(FetchReasons.CredentialsRefused));
    }

    [Test]
    public async Task Crawl_WrongSecret_IsRefusedWithoutNamingIt()
    {
        using var crawl = _server.Crawl(secret: "PRD-wrong-secret-0000");

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, ["110000000001"]);

        Assert.That(pages.Single().FailureReason, Is.EqualTo(FetchReasons.CredentialsRefused));
        Assert.That(pages.Single().FailureDetail, Does.Contain("invalid_client").And.Not.Contain("PRD-wrong"));
    }

    [Test]
    public async Task Crawl_Secrets_StandInNothingThatIsWritten()
    {
        _server.ThrottledCount = 1;
        var targets = await _crawl.PlanAsync(Site, CrawlKind.Products, ["110000000404", "110000000900"], ["kettle"]);

        var pages = await _crawl.CrawlAsync(targets, CrawlKind.Products);

        var written = ApiCrawl.Written(targets) + ApiCrawl.Written(pages) + _crawl.Session.Credentials + string.Concat(pages.SelectMany(page => Connector.FollowUps(page, CrawlKind.Products)).Select(target => target.ToString()));
        var proof = Convert.ToBase64String(Encoding.ASCII.GetBytes($"{EbayServer.ClientId}:{EbayServer.ClientSecret}"));
        Assert.That(_server.IssuedTokens, Is.Not.Empty);
        foreach (var secret in _server.IssuedTokens.Select(token => token["Bearer ".Length..]).Append(EbayServer.ClientSecret).Append(proof))
        {
            Assert.That(written, Does.Not.Contain(secret));
        }
    }

    [Test]
    public async Task Crawl_SellersNames_AreNotCollected()
    {
        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Products, ["110000000001"]);

        Assert.That(pages.SelectMany(page => Connector.Extract(page, CrawlKind.Products).Objects).SelectMany(item => item.Fields.Values).Select(field => field.Text), Has.None.Contains("kettle-anna"));
    }
}
