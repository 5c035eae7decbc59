using System.Globalization;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.Api;
using Marketline.Platforms.Json;
using Marketline.Platforms.Walmart;
using Marketline.Tests.Platforms.Api;
using Marketline.Tests.Platforms.Contract;

namespace Marketline.Tests.Platforms.Walmart;

/// <summary>The Marketplace API as a run uses it, over a real socket.</summary>
[CancelAfter(60_000)]
internal sealed class WalmartMarketplaceTests
{
    private const string Site = "https://www.walmart.com/";

    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(WalmartConnector.PlatformName);

    private ManualTimeProvider _time = null!;
    private WalmartMarketplaceServer _server = null!;
    private ApiCrawl _crawl = null!;

    [SetUp]
    public async Task SetUpAsync()
    {
        _time = new ManualTimeProvider();
        _server = await WalmartMarketplaceServer.StartAsync(_time);
        _crawl = _server.Crawl();
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        _crawl.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase(CrawlKind.Products)]
    [TestCase(CrawlKind.Prices)]
    public async Task Crawl_PlanThatNamesNothing_TakesAllOfTheSellersItems(CrawlKind kind)
    {
        _server.ItemCount = 450;

        var pages = await _crawl.CrawlAsync(Site, kind);

        var offers = Connector.Offers(pages, kind);
        Assert.That(_server.Api.CallsTo("/v3/items").Select(call => (call.Query["nextCursor"], call.Query["limit"], call.Query.GetValueOrDefault("offset"))), Is.EqualTo(new[] { ("*", "200", null), ("AoE/GjFTSEc=+1", "200", "200"), ("AoE/GjFTSEc=+1", "200", "400") }));
        Assert.That(offers.Select(offer => offer.ObjectKey), Is.Unique.And.Exactly(450).Items);
        Assert.That(offers.Select(offer => (offer.Price, offer.CurrencyCode, offer.Gtin, offer.Condition, offer.Category)), Is.All.EqualTo((59.99m, "USD", "036000291452", ItemCondition.New, "Home Page > Kettles")));
    }

    [Test]
    public async Task Crawl_ItemsByNumberAddressAndSku_AreAskedForAsWhatTheyAre()
    {
        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["55885487", "https://www.walmart.com/ip/Kettle/55885488?from=x", "HK-2/BL ü"]);

        Assert.That(_server.Api.Calls.Skip(1).Select(call => call.Target), Is.EquivalentTo(new[] { "/v3/items/55885487?productIdType=ITEM_ID", "/v3/items/55885488?productIdType=ITEM_ID", "/v3/items/HK-2%2FBL%20%C3%BC?productIdType=SKU" }));
        Assert.That(Connector.Offers(pages, CrawlKind.Prices).Select(offer => offer.Sku), Is.EquivalentTo(new[] { "of-55885487", "of-55885488", "HK-2/BL ü" }));
    }

    [Test]
    public async Task Crawl_Search_IsThatOfTheWholeCatalogue()
    {
        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Products, searches: ["enamel & kettle"]);

        var offer = Connector.Offers(pages, CrawlKind.Products).Single();
        Assert.That((offer.Name, offer.Sku, offer.Price, offer.RatingValue, offer.ReviewCount, offer.Url), Is.EqualTo(("enamel & kettle", "19674841", 45.10m, 4.5m, 12, "https://www.walmart.com/ip/19674841")));
    }

    [Test]
    public async Task Plan_Reviews_SaysThatTheApiHasNone()
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Site, CrawlKind.Reviews, ["55885487"]));

        Assert.That(error!.Message, Does.Contain("no reviews").And.Contain("affiliate"));
    }

    [TestCase("")]
    [TestCase("https://www.walmart.com/cp/kitchen/4044")]
    [TestCase("a\u0000b")]
    public async Task Plan_ItemThatIsNone_SaysWhichAndWhatIsOne(string item)
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Site, CrawlKind.Prices, [item]));

        Assert.That(error!.Message, Does.Contain($"'{item}'").And.Contain("SKU"));
    }

    [Test]
    public async Task Call_EachOne_HasAnIdOfItsOwnAndOneTokenForAll()
    {
        await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["1", "2", "3"]);

        var calls = _server.Api.Calls.ToList();
        Assert.That(calls.Select(call => call.Header("WM_QOS.CORRELATION_ID")), Is.Unique.And.Exactly(4).Items);
        Assert.That(calls.Skip(1).Select(call => call.Header("WM_SEC.ACCESS_TOKEN")), Is.All.EqualTo(_server.IssuedTokens.Single()));
        Assert.That(calls.Skip(1).Select(call => call.Header("Authorization")), Is.All.Null);
    }

    [Test]
    public async Task Call_TokenOfFifteenMinutes_IsRenewedBeforeItExpires()
    {
        await _crawl.FetchAsync(await OneTargetAsync());
        _time.Advance(TimeSpan.FromMinutes(13));
        await _crawl.FetchAsync(await OneTargetAsync());
        _time.Advance(TimeSpan.FromMinutes(1.5));
        var (page, _) = await _crawl.FetchAsync(await OneTargetAsync());

        Assert.That(page.FailureReason, Is.Null);
        Assert.That(_server.Api.Calls.Select(call => call.Path == "/v3/token"), Is.EqualTo(new[] { true, false, false, true, false }));
    }

    [Test]
    public async Task Call_TokenIsNotTakenAnyMore_TriesOnceMoreWithANewOne()
    {
        await _crawl.FetchAsync(await OneTargetAsync());
        _server.ForgetTokens();

        var (page, _) = await _crawl.FetchAsync(await OneTargetAsync());

        Assert.That((page.FailureReason, _server.Api.CallsTo("/v3/token").Count()), Is.EqualTo(((string?)null, 2)));
    }

    [Test]
    public async Task Call_WrongSecret_IsRefusedWithoutNamingIt()
    {
        using var other = _server.Crawl(secret: "hunter2-hunter2");

        var (page, _) = await other.FetchAsync(await OneTargetAsync());

        Assert.That((page.FailureReason, _server.Api.Calls.Count), Is.EqualTo((FetchReasons.CredentialsRefused, 1)));
        Assert.That(page.FailureDetail, Does.Contain("Walmart gave no token").And.Not.Contain("hunter2"));
    }

    [TestCase("x-next-replenish-time", "milliseconds")]
    [TestCase("X-Next-Replenishment-Time", "o")]
    [TestCase("x-next-replenish-time", "r")]
    public async Task Call_LastOneInTheBucket_HoldsAllCallsUntilItFills(string header, string format)
    {
        (_server.CallsLeft, _server.FullUtc, _server.TimeHeader) = (1, _time.GetUtcNow().AddSeconds(40), header);
        _server.TimeText = format == "milliseconds" ? _server.TimeText : time => time.ToString(format, CultureInfo.InvariantCulture);

        var (page, throttle) = await _crawl.FetchAsync(await OneTargetAsync());

        Assert.That((page.FailureReason, throttle.NextRequestUtc), Is.EqualTo(((string?)null, _server.FullUtc)));
    }

    [Test]
    public async Task Call_BucketIsEmpty_IsBlockedUntilItFills()
    {
        using var once = _server.Crawl(change: options => options.MaxAttempts = 1);
        (_server.CallsLeft, _server.FullUtc) = (0, _time.GetUtcNow().AddHours(2));

        var (page, throttle) = await once.FetchAsync(await OneTargetAsync());

        Assert.That((page.FailureReason, throttle.NextRequestUtc), Is.EqualTo((FetchReasons.Blocked, _time.GetUtcNow().AddMinutes(15))), "no longer than a quarter of an hour at once");
        Assert.That(page.FailureDetail, Does.Contain("REQUEST_THRESHOLD_VIOLATED"));
    }

    [TestCase("never")]
    [TestCase("")]
    [TestCase("99999999999999999999")]
    [TestCase("1000")]
    public async Task Call_BucketFillsAtNoTimeToCome_IsPacedAsAnyCall(string time)
    {
        (_server.CallsLeft, _server.TimeText) = (1, _ => time);

        var (page, throttle) = await _crawl.FetchAsync(await OneTargetAsync());

        Assert.That(page.FailureReason, Is.Null);
        Assert.That(throttle.NextRequestUtc, Is.LessThan(_time.GetUtcNow().AddMinutes(1)));
    }

    [Test]
    public async Task Crawl_CursorHasExpired_FailsTheRestAndKeepsWhatThereIs()
    {
        (_server.ItemCount, _server.CursorLifetime) = (450, TimeSpan.FromTicks(1));
        var first = await _crawl.PlanAsync(Site, CrawlKind.Prices);
        var page = (await _crawl.FetchAsync(first.Single())).Page;
        _time.Advance(TimeSpan.FromMinutes(3));

        var (next, _) = await _crawl.FetchAsync(Connector.FollowUps(page, CrawlKind.Prices).Single());

        Assert.That(Connector.Offers([page], CrawlKind.Prices), Has.Count.EqualTo(200));
        Assert.That(next.FailureReason, Is.EqualTo(FetchReasons.HttpError));
        Assert.That(next.FailureDetail, Does.Contain("INVALID_REQUEST_PARAM"));
    }

    [TestCase(400, """{"errors":[{"code":"INVALID_REQUEST_CONTENT","message":"words"}]}""", FetchReasons.HttpError, "INVALID_REQUEST_CONTENT", 1)]
    [TestCase(403, """{"errors":{"error":[{"code":"FORBIDDEN.GMP_GATEWAY_API","description":"words"}]}}""", FetchReasons.CredentialsRefused, "FORBIDDEN.GMP_GATEWAY_API", 1)]
    [TestCase(404, """{"error":[{"code":"CONTENT_NOT_FOUND","description":"words"}]}""", FetchReasons.NotFound, "CONTENT_NOT_FOUND", 1)]
    [TestCase(500, """{"errors":[{"code":"SYSTEM_ERROR","message":"words"}]}""", FetchReasons.HttpError, "SYSTEM_ERROR", 2)]
    [TestCase(503, "<html>words</html>", FetchReasons.HttpError, "503", 2)]
    [TestCase(400, """{"errors":[{"code":"<script>words</script>"}]}""", FetchReasons.HttpError, "400", 1)]
    public async Task Crawl_ErrorBody_SaysWhyWithItsCode(int status, string body, string reason, string shown, int calls)
    {
        _server.First.Enqueue(new ApiReply(status, body));
        _server.First.Enqueue(new ApiReply(status, body));

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["1"]);

        Assert.That((pages.Single().FailureReason, _server.Api.CallsTo("/v3/items/1").Count()), Is.EqualTo((reason, calls)));
        Assert.That(pages.Single().FailureDetail, Does.Contain(shown).And.Not.Contain("words"));
    }

    [TestCase("<html><body>Sign in</body></html>")]
    [TestCase("{\"ItemResponse\":[{\"sku\":\"1\",")]
    [TestCase("{\"ItemResponse\":{}}")]
    public async Task Crawl_AnswerThatIsNone_IsDefective(string body)
    {
        _server.First.Enqueue(ApiReply.Ok(body));

        var pages = await _crawl.CrawlAsync(Site, CrawlKind.Prices, ["1"]);

        Assert.That(Connector.Extract(pages.Single(), CrawlKind.Prices).DefectReason, Is.EqualTo(JsonText.NotJson));
    }

    [Test]
    public async Task Crawl_GoodAndBad_WritesNoSecretDown()
    {
        _server.First.Enqueue(WalmartMarketplaceServer.Error(400, "INVALID_REQUEST_PARAM"));
        var targets = await _crawl.PlanAsync(Site, CrawlKind.Prices, ["1", "HK-2"], ["kettle"]);

        var pages = await _crawl.CrawlAsync(targets, CrawlKind.Prices);

        var written = ApiCrawl.Written(targets) + ApiCrawl.Written(pages) + _crawl.Session.Credentials;
        var secrets = _server.IssuedTokens.Append(WalmartMarketplaceServer.ClientId).Append(WalmartMarketplaceServer.ClientSecret).Append(_server.Api.Calls.First().Header("Authorization")!);
        Assert.That(pages.Select(page => page.FailureReason), Has.Some.Null.And.Some.EqualTo(FetchReasons.HttpError));
        Assert.That(secrets.Where(secret => written.Contains(secret, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("https://marketplace.walmartapis.com/v3/", "clientId", "clientSecret")]
    [TestCase("https://developer.api.walmart.com/", "consumerId", "privateKey")]
    [TestCase("https://developer.api.walmart.com/", "consumerId", "privateKey", "clientId", "clientSecret")]
    public void EndpointOf_Credentials_IsThatOfTheirApi(string endpoint, params string[] names)
    {
        var credentials = new PlatformCredentials(WalmartConnector.PlatformName, names.Select(name => KeyValuePair.Create(name, "x")));

        Assert.That(Connector.Api!.EndpointOf(credentials), Is.EqualTo(new Uri(endpoint)));
    }

    private async Task<CrawlTarget> OneTargetAsync() => (await _crawl.PlanAsync(Site, CrawlKind.Prices, ["100"])).Single();
}
