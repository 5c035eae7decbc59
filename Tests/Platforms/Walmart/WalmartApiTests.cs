using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.Json;
using Marketline.Platforms.Walmart;
using Marketline.Tests.Platforms.Api;
using Marketline.Tests.Platforms.Contract;

namespace Marketline.Tests.Platforms.Walmart;

/// <summary>The affiliate API as a run uses it, over a real socket.</summary>
[CancelAfter(60_000)]
internal sealed class WalmartApiTests
{
    private const string Site = "https://www.walmart.com/";
    private const string Root = "/api-proxy/service/affil/product/v2/";

    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(WalmartConnector.PlatformName);

    private ManualTimeProvider _time = null!;
    private WalmartServer _server = null!;
    private ApiCrawl _crawl = null!;

    [SetUp]
    public async Task SetUpAsync()
    {
        _time = new ManualTimeProvider();
        _server = await WalmartServer.StartAsync(_time);
        _crawl = _server.Crawl();
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        _crawl.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Crawl_FortyFiveItems_AsksForTwentyAtOnce()
    {
        var ids = Enumerable.Range(100, 45).Select(id => $"{id}").ToArray();

        var pages = await CrawlAsync(CrawlKind.Prices, ids);

        Assert.That(_server.Api.CallsTo(Root + "items").Select(call => call.Query["ids"].Split(',').Length), Is.EquivalentTo(new[] { 20, 20, 5 }));
        Assert.That(pages.Select(page => page.FailureReason), Is.All.Null);
        Assert.That(Connector.Offers(pages, CrawlKind.Prices).Select(offer => (offer.Sku, offer.Price, offer.ListPrice, offer.CurrencyCode, offer.Availability)), Is.EqualTo(ids.Select(id => (id, 39.93m, 49.94m, "USD", Availability.InStock))));
    }

    [Test]
    public async Task Crawl_Search_TakesAllPagesOfResults()
    {
        _server.ResultCount = 60;

        var pages = await CrawlAsync(CrawlKind.Products, searches: ["enamel & kettle"]);

        Assert.That(_server.Api.CallsTo(Root + "search").Select(call => (call.Query["query"], call.Query["start"], call.Query["responseGroup"])), Is.EqualTo(new[] { ("enamel & kettle", "1", "full"), ("enamel & kettle", "26", "full"), ("enamel & kettle", "51", "full") }));
        Assert.That(Connector.Offers(pages, CrawlKind.Products).Select(offer => offer.ObjectKey), Is.Unique.And.Exactly(60).Items);
    }

    [Test]
    public async Task Crawl_MoreResultsThanSearchGives_StopsAtItsReach()
    {
        _server.ResultCount = 5_000;

        var pages = await CrawlAsync(CrawlKind.Prices, searches: ["kettle"]);

        Assert.That(pages.Select(page => page.FailureReason), Is.All.Null.And.Exactly(40).Items);
    }

    [Test]
    public async Task Crawl_PlanThatNamesNothing_GoesThroughTheCatalogue()
    {
        _server.CatalogueCount = 250;

        var pages = await CrawlAsync(CrawlKind.Products);

        Assert.That(_server.Api.Calls.Select(call => call.Target), Is.EqualTo(new[] { Root + "paginated/items?count=100", Root + "paginated/items?count=100&lastDoc=100", Root + "paginated/items?count=100&lastDoc=200" }));
        Assert.That(Connector.Offers(pages, CrawlKind.Products).Select(offer => offer.ObjectKey), Is.Unique.And.Exactly(250).Items);
    }

    [Test]
    public async Task Crawl_TenThousandItemsInOneAnswer_AreAllRead()
    {
        (_server.CatalogueCount, _server.CataloguePageSize) = (10_000, 10_000);

        var pages = await CrawlAsync(CrawlKind.Prices);

        Assert.That(pages, Has.Count.EqualTo(1));
        Assert.That(Connector.Offers(pages, CrawlKind.Prices).Select(offer => offer.ObjectKey), Is.Unique.And.Exactly(10_000).Items);
    }

    [Test]
    public async Task Crawl_ReviewsOfItems_TakesAllTheirPages()
    {
        _server.ReviewPages = 3;

        var pages = await CrawlAsync(CrawlKind.Reviews, ["55885487"]);

        var reviews = pages.SelectMany(page => Connector.Extract(page, CrawlKind.Reviews).Objects).ToList();
        Assert.That(_server.Api.Calls.Select(call => call.Target), Is.EqualTo(new[] { Root + "reviews/55885487", Root + "reviews/55885487?page=2", Root + "reviews/55885487?page=3" }));
        Assert.That(reviews.Select(review => review.Text(FieldNames.ReviewBody)), Is.EqualTo(new[] { "Page 1.", "Page 2.", "Page 3." }));
        Assert.That(reviews.Select(review => review.ObjectKey), Is.Unique);
    }

    [Test]
    public async Task Crawl_ReviewsOfASearch_AsksForThoseOfItemsThatHaveAny()
    {
        var pages = await CrawlAsync(CrawlKind.Reviews, searches: ["kettle"]);

        Assert.That(_server.Api.Calls.Select(call => call.Path), Is.EquivalentTo(new[] { Root + "search", Root + "reviews/1001", Root + "reviews/1003" }));
        Assert.That(Connector.Extract(pages[0], CrawlKind.Reviews).SkipReason, Is.EqualTo("no-reviews"));
    }

    [Test]
    public async Task Call_WithinTwoMinutes_SharesASignature()
    {
        await _crawl.FetchAsync(await OneTargetAsync());
        _time.Advance(TimeSpan.FromSeconds(100));
        await _crawl.FetchAsync(await OneTargetAsync());
        _time.Advance(TimeSpan.FromSeconds(60));
        var (page, _) = await _crawl.FetchAsync(await OneTargetAsync());

        var timestamps = _server.Api.Calls.Select(call => call.Header("WM_CONSUMER.INTIMESTAMP")).ToList();
        Assert.That(page.FailureReason, Is.Null);
        Assert.That(timestamps[1], Is.EqualTo(timestamps[0]));
        Assert.That(timestamps[2], Is.EqualTo("1767225760000"));
    }

    [Test]
    public async Task Call_ClockIsWrong_TriesOnceMoreAndSaysSo()
    {
        _server.ClockError = TimeSpan.FromMinutes(10);

        var (page, _) = await _crawl.FetchAsync(await OneTargetAsync());

        Assert.That((page.FailureReason, _server.Api.Calls.Count), Is.EqualTo((FetchReasons.CredentialsRefused, 2)));
        Assert.That(page.FailureDetail, Does.Contain("clock"));
    }

    [Test]
    public async Task Call_KeyOfAnotherVersion_IsRefusedWithAdvice()
    {
        using var other = _server.Crawl(keyVersion: "2");

        var (page, _) = await other.FetchAsync(await OneTargetAsync());

        Assert.That((page.FailureReason, _server.Api.Calls.Count), Is.EqualTo((FetchReasons.CredentialsRefused, 1)));
        Assert.That(page.FailureDetail, Does.Contain("keyVersion"));
    }

    [Test]
    public async Task Call_SecretThatIsNoKey_IsRefusedWithoutARequest()
    {
        using var other = _server.Crawl(privateKey: "hunter2-hunter2");

        var (page, _) = await other.FetchAsync(await OneTargetAsync());

        Assert.That((page.FailureReason, _server.Api.Calls.Count), Is.EqualTo((FetchReasons.CredentialsRefused, 0)));
        Assert.That(page.FailureDetail, Does.Contain("privateKey").And.Not.Contain("hunter2"));
    }

    [Test]
    public async Task Crawl_Throttled_ComesBack()
    {
        _server.First.Enqueue(new ApiReply(429, "") { Headers = new Dictionary<string, string> { ["Retry-After"] = "0" } });

        var pages = await CrawlAsync(CrawlKind.Prices, ["100"]);

        Assert.That(pages.Select(page => (page.FailureReason, page.AttemptCount)), Is.EqualTo(new[] { ((string?)null, 2) }));
    }

    [Test]
    public async Task Call_ThrottledWithAPause_HoldsAllCalls()
    {
        using var once = _server.Crawl(change: options => options.MaxAttempts = 1);
        _server.First.Enqueue(new ApiReply(429, "") { Headers = new Dictionary<string, string> { ["Retry-After"] = "90" } });

        var (page, throttle) = await once.FetchAsync(await OneTargetAsync());

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.Blocked));
        Assert.That(throttle.NextRequestUtc, Is.EqualTo(_time.GetUtcNow() + TimeSpan.FromSeconds(90)));
    }

    [TestCase(400, 4002, FetchReasons.NotFound, "4002", 1)]
    [TestCase(400, 4018, FetchReasons.HttpError, "4018", 1)]
    [TestCase(404, 0, FetchReasons.NotFound, "404", 1)]
    [TestCase(520, 0, FetchReasons.HttpError, "520", 2)]
    [TestCase(503, 0, FetchReasons.HttpError, "503", 2)]
    public async Task Crawl_ErrorBody_SaysWhyWithItsCode(int status, int code, string reason, string shown, int calls)
    {
        _server.First.Enqueue(WalmartServer.Error(status, code, "Some <b>words</b> of theirs"));
        _server.First.Enqueue(WalmartServer.Error(status, code, "Some <b>words</b> of theirs"));

        var pages = await CrawlAsync(CrawlKind.Prices, ["100"]);

        Assert.That((pages.Single().FailureReason, _server.Api.Calls.Count), Is.EqualTo((reason, calls)));
        Assert.That(pages.Single().FailureDetail, Does.Contain(shown).And.Not.Contain("words"));
    }

    [TestCase("<html><body>Sign in</body></html>")]
    [TestCase("{\"items\":[{\"itemId\":100,")]
    [TestCase("{\"items\":{}}")]
    public async Task Crawl_AnswerThatIsNone_IsDefective(string body)
    {
        _server.First.Enqueue(ApiReply.Ok(body));

        var pages = await CrawlAsync(CrawlKind.Prices, ["100"]);

        Assert.That(Connector.Extract(pages.Single(), CrawlKind.Prices).DefectReason, Is.EqualTo(JsonText.NotJson));
    }

    [Test]
    public async Task Crawl_GoodAndBad_WritesNoSecretDown()
    {
        _server.First.Enqueue(WalmartServer.Error(400, 4018, "No"));
        var targets = await _crawl.PlanAsync(Site, CrawlKind.Reviews, ["100"], ["kettle"]);

        var pages = await _crawl.CrawlAsync(targets, CrawlKind.Reviews);
        _server.ClockError = TimeSpan.FromHours(1);
        pages.AddRange(await _crawl.CrawlAsync(targets, CrawlKind.Reviews));

        var written = ApiCrawl.Written(targets) + ApiCrawl.Written(pages);
        var signatures = _server.Api.Calls.Select(call => call.Header("WM_SEC.AUTH_SIGNATURE")!).Distinct();
        Assert.That(pages.Select(page => page.FailureReason), Has.Some.Null.And.Some.EqualTo(FetchReasons.CredentialsRefused));
        Assert.That(new[] { WalmartKeys.ConsumerId, WalmartKeys.Pkcs8[..40], "BEGIN" }.Concat(signatures).Where(secret => written.Contains(secret, StringComparison.Ordinal)), Is.Empty);
    }

    private async Task<List<FetchedPage>> CrawlAsync(CrawlKind kind, string[]? items = null, string[]? searches = null) =>
        await _crawl.CrawlAsync(Site, kind, items, searches);

    private async Task<CrawlTarget> OneTargetAsync() => (await _crawl.PlanAsync(Site, CrawlKind.Prices, ["100"])).Single();
}
