using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.AliExpress;
using Marketline.Platforms.Json;
using Marketline.Tests.Platforms.Api;
using Marketline.Tests.Platforms.Contract;

namespace Marketline.Tests.Platforms.AliExpress;

/// <summary>The Open Platform's affiliate interfaces as a run uses them, over a real socket.</summary>
[CancelAfter(60_000)]
internal sealed class AliExpressApiTests
{
    private const string Site = "https://de.aliexpress.com/";

    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(AliExpressConnector.PlatformName);

    private ManualTimeProvider _time = null!;
    private AliExpressServer _server = null!;
    private ApiCrawl _crawl = null!;

    [SetUp]
    public async Task SetUpAsync()
    {
        _time = new ManualTimeProvider();
        _server = await AliExpressServer.StartAsync(_time);
        _crawl = _server.Crawl();
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        _crawl.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Crawl_Items_AreAskedForByTwentyInTheSitesCurrency()
    {
        var ids = Enumerable.Range(100, 25).Select(id => $"1005006438619{id}").ToArray();

        var pages = await CrawlAsync(ids);

        var offers = Connector.Offers(pages, CrawlKind.Prices);
        Assert.That(pages.Select(page => page.FailureReason), Is.All.Null);
        Assert.That(_server.Api.Calls.Select(call => (call.Method, call.Query["product_ids"].Split(',').Length, call.Query["target_language"], call.Query["country"])), Is.EquivalentTo(new[] { ("GET", 20, "DE", "DE"), ("GET", 5, "DE", "DE") }));
        Assert.That(offers.Select(offer => (offer.Sku, offer.Price, offer.ListPrice, offer.CurrencyCode)), Is.EqualTo(ids.Select(id => (id, 5.31m, 7.37m, "EUR"))));
        Assert.That(offers[0].Url, Is.EqualTo("https://de.aliexpress.com/item/1005006438619100.html"));
    }

    [Test]
    public async Task Crawl_ItemsAsADropshipper_AreAskedForOneByOneWithTheirVariants()
    {
        using var crawl = _server.Dropship();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, ["1005006438619100", "1005006438619101"]);

        var offers = Connector.Offers(pages, CrawlKind.Prices);
        Assert.That(_server.Api.Calls.Select(call => (call.Query["product_id"], call.Query["ship_to_country"], call.Query["target_currency"], call.Query["target_language"])), Is.EquivalentTo(new[] { ("1005006438619100", "DE", "EUR", "de_DE"), ("1005006438619101", "DE", "EUR", "de_DE") }));
        Assert.That(offers.Take(3).Select(offer => (offer.Sku, offer.Name, offer.Price, offer.ListPrice, offer.CurrencyCode, offer.Availability)), Is.EqualTo(new[]
        {
            ("1005006438619100", "Kettle 1005006438619100", (decimal?)42.79m, (decimal?)91.04m, "EUR", (Availability?)Availability.InStock),
            ("12000048043155831", "Kettle 1005006438619100 - Beige", 42.79m, 91.04m, "EUR", Availability.InStock),
            ("12000048043155832", "Kettle 1005006438619100 - Black", 39.50m, 91.04m, "EUR", Availability.OutOfStock),
        }));
        Assert.That(offers.Select(offer => (offer.Seller, offer.RatingValue, offer.ReviewCount)), Is.All.EqualTo(("Elm Store", 4.8m, 92)).And.Exactly(6).Items);
    }

    [Test]
    public async Task Crawl_SearchAsADropshipper_IsThatOfAffiliates()
    {
        using var crawl = _server.Dropship();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, searches: ["kettle"]);

        Assert.That(Connector.Offers(pages, CrawlKind.Prices), Has.Count.EqualTo(3));
        Assert.That(_server.Api.Calls.Single().Query.ContainsKey("access_token"), Is.False);
    }

    [Test]
    public async Task Crawl_DropshippersTokenHasExpired_IsRefusedWithAdvice()
    {
        using var crawl = _server.Dropship(token: "hunter2-hunter2");

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, ["1005006438619100"]);

        Assert.That((pages.Single().FailureReason, _server.Api.Calls.Count), Is.EqualTo((FetchReasons.CredentialsRefused, 1)));
        Assert.That(pages.Single().FailureDetail, Does.Contain("accessToken").And.Contain("IllegalAccessToken").And.Not.Contain("hunter2"));
    }

    [TestCase("605", FetchReasons.NotFound, 1)]
    [TestCase("602", FetchReasons.NotFound, 1)]
    [TestCase("404", FetchReasons.HttpError, 2)]
    public async Task Crawl_DropshippersInterfaceGivesNoProduct_SaysWhy(string code, string reason, int calls)
    {
        using var crawl = _server.Dropship();
        var reply = ApiReply.Ok($$"""{"aliexpress_ds_product_get_response":{"rsp_code":{{code}},"rsp_msg":"no"} }""");
        _server.First.Enqueue(reply);
        _server.First.Enqueue(reply);

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, ["1005006438619100"]);

        Assert.That((pages.Single().FailureReason, _server.Api.Calls.Count), Is.EqualTo((reason, calls)));
        Assert.That(pages.Single().FailureDetail, Does.Contain(code));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Crawl_Search_TakesAllPages(bool tellsPages)
    {
        (_server.ResultCount, _server.TellsPages) = (120, tellsPages);

        var pages = await CrawlAsync(searches: ["чайник & käse"]);

        Assert.That(_server.Api.Calls.Select(call => (call.Query["keywords"], call.Query["page_no"], call.Query["page_size"])), Is.EqualTo(new[] { ("чайник & käse", "1", "50"), ("чайник & käse", "2", "50"), ("чайник & käse", "3", "50") }));
        Assert.That(Connector.Offers(pages, CrawlKind.Prices).Select(offer => offer.ObjectKey), Is.Unique.And.Exactly(120).Items);
    }

    [Test]
    public async Task Crawl_SearchWithoutAResult_IsSkipped()
    {
        _server.ResultCount = 0;

        var pages = await CrawlAsync(searches: ["zzqxwv"]);

        Assert.That(pages.Single().FailureReason, Is.Null);
        Assert.That(Connector.Extract(pages.Single(), CrawlKind.Prices).SkipReason, Is.EqualTo(AliExpressProducts.NoProducts));
    }

    [Test]
    public async Task Plan_NamesNothing_SaysWhatToName()
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Site, CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain(Site).And.Contain("items or searches"));
    }

    [Test]
    public async Task Crawl_CalledTooOften_ComesBackAfterTheBan()
    {
        _server.First.Enqueue(AliExpressServer.Error("ApiCallLimit", "Api access frequency exceeds the limit. this ban will last 7 more seconds"));
        using var once = _server.Crawl(change: options => options.MaxAttempts = 1);

        var (banned, throttle) = await once.FetchAsync(await OneTargetAsync());
        _time.Advance(TimeSpan.FromSeconds(8));
        var (page, _) = await once.FetchAsync(await OneTargetAsync());

        Assert.That((banned.FailureReason, throttle.NextRequestUtc), Is.EqualTo((FetchReasons.Blocked, _time.GetUtcNow() - TimeSpan.FromSeconds(1))));
        Assert.That(page.FailureReason, Is.Null);
    }

    [Test]
    public async Task Call_OlderGatewaysLimit_IsUnderstood()
    {
        _server.First.Enqueue(ApiReply.Ok("""{"error_response":{"code":7,"msg":"App Call Limited","sub_code":"accesscontrol.limited-by-app-api-access-count","sub_msg":"This ban will last for 2 more seconds"}}"""));
        using var once = _server.Crawl(change: options => options.MaxAttempts = 1);

        var (page, throttle) = await once.FetchAsync(await OneTargetAsync());

        Assert.That((page.FailureReason, throttle.NextRequestUtc), Is.EqualTo((FetchReasons.Blocked, _time.GetUtcNow() + TimeSpan.FromSeconds(2))));
        Assert.That(page.FailureDetail, Does.Contain("accesscontrol.limited-by-app-api-access-count"));
    }

    [Test]
    public async Task Call_WrongSecretKeyOrClock_IsRefusedWithAdvice()
    {
        using var wrongSecret = _server.Crawl(secret: "another");
        using var wrongKey = _server.Crawl(key: "1");

        var (bySecret, _) = await wrongSecret.FetchAsync(await OneTargetAsync());
        var (byKey, _) = await wrongKey.FetchAsync(await OneTargetAsync());
        _server.ClockError = TimeSpan.FromHours(3);
        var (byClock, _) = await _crawl.FetchAsync(await OneTargetAsync());

        Assert.That(new[] { bySecret, byKey, byClock }.Select(page => page.FailureReason), Is.All.EqualTo(FetchReasons.CredentialsRefused));
        Assert.That(bySecret.FailureDetail, Does.Contain("appSecret").And.Contain("IncompleteSignature"));
        Assert.That(byKey.FailureDetail, Does.Contain("appKey").And.Contain("InvalidAppKey"));
        Assert.That(byClock.FailureDetail, Does.Contain("clock"));
    }

    [TestCase("""{"error_response":{"type":"ISP","code":"ServiceTimeout","msg":"<b>late</b>"}}""", FetchReasons.HttpError, "ServiceTimeout", 2)]
    [TestCase("""{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isp.remote-service-timeout"}}""", FetchReasons.HttpError, "isp.remote-service-timeout", 2)]
    [TestCase("""{"error_response":{"code":15,"msg":"Remote service error","sub_code":"isv.account-migration-check-fail"}}""", FetchReasons.HttpError, "isv.account-migration-check-fail", 1)]
    [TestCase("""{"error_response":{"type":"ISV","code":"InsufficientPermission","msg":"no"}}""", FetchReasons.CredentialsRefused, "InsufficientPermission", 1)]
    [TestCase("""{"type":"ISV","code":"InvalidParameter","message":"no","request_id":"1"}""", FetchReasons.HttpError, "InvalidParameter", 1)]
    [TestCase("""{"error_response":{"code":"<script>late</script>","msg":"late"}}""", FetchReasons.HttpError, "error", 1)]
    [TestCase("""{"aliexpress_affiliate_productdetail_get_response":{"resp_result":{"resp_code":401,"resp_msg":"This publisher is not registered"}}}""", FetchReasons.CredentialsRefused, "401", 1)]
    [TestCase("""{"aliexpress_affiliate_productdetail_get_response":{"resp_result":{"resp_code":404,"resp_msg":"System Error"}}}""", FetchReasons.HttpError, "404", 2)]
    public async Task Crawl_ErrorWithStatus200_FailsWithItsCode(string body, string reason, string shown, int calls)
    {
        _server.First.Enqueue(ApiReply.Ok(body));
        _server.First.Enqueue(ApiReply.Ok(body));

        var pages = await CrawlAsync(["1005006438619019"]);

        Assert.That((pages.Single().FailureReason, _server.Api.Calls.Count), Is.EqualTo((reason, calls)));
        Assert.That(pages.Single().FailureDetail, Does.Contain(shown).And.Not.Contain("late").And.Not.Contain("not registered"));
    }

    [TestCase(429, FetchReasons.Blocked)]
    [TestCase(403, FetchReasons.CredentialsRefused)]
    [TestCase(502, FetchReasons.HttpError)]
    public async Task Crawl_ErrorByStatus_IsThatOfTheStatus(int status, string reason)
    {
        _server.First.Enqueue(new ApiReply(status, "<html>no</html>", "text/html"));
        _server.First.Enqueue(new ApiReply(status, "<html>no</html>", "text/html"));

        var pages = await CrawlAsync(["1005006438619019"]);

        Assert.That(pages.Single().FailureReason, Is.EqualTo(reason));
    }

    [TestCase("<html><body>Sign in</body></html>")]
    [TestCase("{\"aliexpress_affiliate_productdetail_get_response\":{\"resp_result\":{")]
    [TestCase("[1]")]
    [TestCase("{}")]
    public async Task Crawl_AnswerThatIsNone_IsDefective(string body)
    {
        _server.First.Enqueue(ApiReply.Ok(body));

        var pages = await CrawlAsync(["1005006438619019"]);

        Assert.That(Connector.Extract(pages.Single(), CrawlKind.Prices).DefectReason, Is.EqualTo(JsonText.NotJson));
    }

    [Test]
    public void Extract_TenThousandProducts_AreAllRead()
    {
        var products = string.Join(',', Enumerable.Range(1, 10_000).Select(id => $$"""{"product_id":{{id}},"product_title":"Kettle","target_sale_price":"5.31","target_sale_price_currency":"USD"}"""));
        var page = new FetchedPage
        {
            Url = "https://api-sg.aliexpress.com/sync?method=aliexpress.affiliate.product.query&keywords=x&page_no=1&page_size=50&ship_to_country=US",
            FinalUrl = "https://api-sg.aliexpress.com/sync",
            FetchedUtc = _time.GetUtcNow(),
            Body = System.Text.Encoding.UTF8.GetBytes("{\"aliexpress_affiliate_product_query_response\":{\"resp_result\":{\"result\":{\"products\":{\"product\":[" + products + "]}},\"resp_code\":200}}}"),
        };

        var offers = Connector.Extract(page, CrawlKind.Prices).Objects;

        Assert.That(offers.Select(offer => offer.ObjectKey), Is.Unique.And.Exactly(10_000).Items);
    }

    [Test]
    public async Task Crawl_GoodAndBad_WritesNoSecretDown()
    {
        _server.First.Enqueue(AliExpressServer.Error("InvalidParameter", "no"));
        var targets = await _crawl.PlanAsync(Site, CrawlKind.Prices, ["1005006438619019"], ["kettle"]);

        var pages = await _crawl.CrawlAsync(targets, CrawlKind.Prices);

        using var dropship = _server.Dropship();
        var items = await dropship.PlanAsync(Site, CrawlKind.Prices, ["1005006438619019"]);

        var written = ApiCrawl.Written(targets) + ApiCrawl.Written(pages) + ApiCrawl.Written(items) + ApiCrawl.Written(await dropship.CrawlAsync(items, CrawlKind.Prices));
        var signatures = _server.Api.Calls.Select(call => call.Query["sign"]);
        Assert.That(pages.Select(page => page.FailureReason), Is.EquivalentTo(new[] { null, FetchReasons.HttpError }));
        Assert.That(new[] { AliExpressServer.AppKey, AliExpressServer.AppSecret, AliExpressServer.AccessToken, "sign=" }.Concat(signatures).Where(secret => written.Contains(secret, StringComparison.Ordinal)), Is.Empty);
    }

    private async Task<List<FetchedPage>> CrawlAsync(string[]? items = null, string[]? searches = null) =>
        await _crawl.CrawlAsync(Site, CrawlKind.Prices, items, searches);

    private async Task<CrawlTarget> OneTargetAsync() => (await _crawl.PlanAsync(Site, CrawlKind.Prices, ["1005006438619019"])).Single();
}
