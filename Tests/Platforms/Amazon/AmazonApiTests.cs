using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.Amazon;
using Marketline.Tests.Platforms.Api;
using Marketline.Tests.Platforms.Contract;

namespace Marketline.Tests.Platforms.Amazon;

/// <summary>Amazon's APIs as a run uses them, over a real socket.</summary>
[CancelAfter(60_000)]
internal sealed class AmazonApiTests
{
    private const string Site = "https://www.amazon.com/";
    private const string PricingPath = "/batches/products/pricing/2022-05-01/items/competitiveSummary";
    private const string CatalogPath = "/catalog/2022-04-01/items";
    private const string TokenPath = "/auth/o2/token";

    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(AmazonConnector.PlatformName);

    private AmazonServer _server = null!;

    [SetUp]
    public async Task SetUpAsync() => _server = await AmazonServer.StartAsync();

    [TearDown]
    public async Task TearDownAsync() => await _server.DisposeAsync();

    [Test]
    public async Task Partner_ProductsByAsin_AsksForTwentyAtATime()
    {
        using var crawl = _server.Partner();
        var asins = Enumerable.Range(0, 45).Select(AmazonServer.AsinOf).ToArray();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Products, asins);

        var offers = Connector.Offers(pages, CrawlKind.Products);
        Assert.That(_server.Api.CallsTo(CatalogPath).Count(), Is.EqualTo(3));
        Assert.That(offers.Select(offer => offer.Sku), Is.EqualTo(asins));
        Assert.That(offers.Select(offer => (offer.Brand, offer.Mpn, offer.Gtin, offer.Category)), Is.All.EqualTo(("Hearth", "HK-1", "4006381333931", "Kettles")));
    }

    [Test]
    public async Task Partner_PricesByAsin_AreAskedForInBatches()
    {
        using var crawl = _server.Partner();
        var asins = Enumerable.Range(0, 21).Select(AmazonServer.AsinOf).ToArray();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, asins);

        Assert.That(_server.Api.CallsTo(PricingPath).Count(), Is.EqualTo(2));
        Assert.That(Connector.Offers(pages, CrawlKind.Prices).Select(offer => (offer.Price, offer.CurrencyCode, offer.Availability)), Is.All.EqualTo((18.11m, "USD", Availability.InStock)).And.Exactly(21).Items);
    }

    [Test]
    public async Task Partner_PricesOfASearch_AsksForThePricesOfEachPage()
    {
        _server.ResultCount = 45;
        using var crawl = _server.Partner();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, searches: ["enamel  kettle"]);

        Assert.That(pages.Select(page => page.FailureReason), Is.All.Null);
        Assert.That(_server.Api.CallsTo(CatalogPath).Select(call => (call.Query["keywords"], call.Query["includedData"])), Is.All.EqualTo(("enamel,kettle", "summaries")).And.Exactly(3).Items);
        Assert.That(_server.Api.CallsTo(PricingPath).Count(), Is.EqualTo(3));
        Assert.That(Connector.Offers(pages, CrawlKind.Prices).Select(offer => offer.Sku), Is.EquivalentTo(Enumerable.Range(0, 45).Select(AmazonServer.AsinOf)));
    }

    [Test]
    public async Task Partner_ProductsOfASearch_TakesAllPages()
    {
        _server.ResultCount = 41;
        using var crawl = _server.Partner();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Products, searches: ["kettle"]);

        Assert.That(Connector.Offers(pages, CrawlKind.Products), Has.Count.EqualTo(41));
        Assert.That(_server.Api.CallsTo(PricingPath), Is.Empty);
    }

    [Test]
    public async Task Partner_ProductThatFails_IsRejectedAndTheOthersStay()
    {
        using var crawl = _server.Partner();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, ["B000000404", "B000000001"]);

        var cleaned = Connector.Extract(pages.Single(), CrawlKind.Prices).Objects.Select(item => PageOutcome.Clean(AmazonConnector.PlatformName, CrawlKind.Prices, item)).ToList();
        Assert.That(cleaned.Select(result => result.Record is null), Is.EqualTo(new[] { true, false }));
        Assert.That(cleaned[0].Violations.Single().Rule, Is.EqualTo(CleanRules.PriceMissing));
    }

    [Test]
    public async Task Partner_RateThatIsTold_IsKeptTo()
    {
        _server.RateLimit = "0.033";
        var time = new ManualTimeProvider();
        using var crawl = _server.Partner(time);
        var target = (await crawl.PlanAsync(Site, CrawlKind.Prices, ["B000000001"])).Single();

        var (page, throttle) = await crawl.FetchAsync(target);

        Assert.That(page.FailureReason, Is.Null);
        Assert.That((throttle.NextRequestUtc - time.GetUtcNow()).TotalSeconds, Is.EqualTo(1 / 0.033).Within(0.01));
    }

    [Test]
    public async Task Partner_Throttled_ComesBack()
    {
        _server.ThrottledCount = 1;
        using var crawl = _server.Partner();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, ["B000000001"]);

        Assert.That(pages.Select(page => (page.FailureReason, page.AttemptCount)), Is.EqualTo(new[] { ((string?)null, 2) }));
    }

    [Test]
    public async Task Partner_ThrottledForGood_EndsAsBlockedWithTheCode()
    {
        _server.ThrottledCount = 100;
        using var crawl = _server.Partner();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, ["B000000001"]);

        Assert.That((pages.Single().FailureReason, pages.Single().FailureDetail), Is.EqualTo((FetchReasons.Blocked, "The site answered with status 429. Amazon's error is QuotaExceeded.")));
    }

    [Test]
    public async Task Partner_TokenExpired_AsksForANewOneOnce()
    {
        _server.AnswersPerToken = 1;
        using var crawl = _server.Partner();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Products, [.. Enumerable.Range(0, 40).Select(AmazonServer.AsinOf)]);

        Assert.That(pages.Select(page => page.FailureReason), Is.All.Null);
        Assert.That(_server.Api.CallsTo(TokenPath).Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task Partner_WrongRefreshToken_IsRefusedWithoutNamingIt()
    {
        using var crawl = _server.Partner(refreshToken: "Atzr|wrong-token");

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, ["B000000001"]);

        Assert.That(pages.Single().FailureReason, Is.EqualTo(FetchReasons.CredentialsRefused));
        Assert.That(pages.Single().FailureDetail, Does.Contain("invalid_grant").And.Not.Contain("Atzr"));
    }

    [Test]
    public async Task NeitherApi_SaysWhatIsMissing()
    {
        using var crawl = _server.Half();

        var pages = await crawl.CrawlAsync(Site, CrawlKind.Prices, ["B000000001"]);

        Assert.That(pages.Single().FailureReason, Is.EqualTo(FetchReasons.CredentialsRefused));
        Assert.That(pages.Single().FailureDetail, Does.Contain("refreshToken").And.Contain("partnerTag"));
        Assert.That(_server.Api.Calls, Is.Empty);
    }

    [TestCase(CrawlKind.Products)]
    [TestCase(CrawlKind.Prices)]
    public async Task Creators_ItemsAndSearches_HaveNamesAndPrices(CrawlKind kind)
    {
        _server.ResultCount = 25;
        using var crawl = _server.Creators();
        var asins = Enumerable.Range(100, 12).Select(AmazonServer.AsinOf).ToArray();

        var pages = await crawl.CrawlAsync(Site, kind, asins, ["kettle"]);

        var offers = Connector.Offers(pages, kind);
        Assert.That(pages.Select(page => page.FailureReason), Is.All.Null);
        Assert.That((_server.Api.CallsTo("/catalog/v1/getItems").Count(), _server.Api.CallsTo("/catalog/v1/searchItems").Count()), Is.EqualTo((2, 3)));
        Assert.That(offers.Select(offer => offer.Sku), Is.EquivalentTo(asins.Concat(Enumerable.Range(0, 25).Select(AmazonServer.AsinOf))));
        Assert.That(offers.Select(offer => (offer.Name is null, offer.Price)), Is.All.EqualTo((false, 18.11m)));
    }

    [Test]
    public async Task Crawl_Secrets_StandInNothingThatIsWritten()
    {
        _server.AnswersPerToken = 2;
        using var partner = _server.Partner();
        using var creators = _server.Creators();
        using var wrong = _server.Partner(refreshToken: "Atzr|wrong-token");
        var written = "";

        foreach (var crawl in (ApiCrawl[])[partner, creators, wrong])
        {
            var targets = await crawl.PlanAsync(Site, CrawlKind.Prices, ["B000000001"], ["kettle"]);
            var pages = await crawl.CrawlAsync(targets, CrawlKind.Prices);
            var followUps = pages.Where(page => page.FailureReason is null).SelectMany(page => Connector.FollowUps(page, CrawlKind.Prices));
            written += ApiCrawl.Written(targets) + ApiCrawl.Written(followUps) + string.Join(' ', pages.Select(page => $"{page.Url} {page.FailureDetail}")) + crawl.Session.Credentials;
        }

        Assert.That(_server.IssuedTokens, Is.Not.Empty);
        foreach (var secret in (string[])[.. _server.IssuedTokens, AmazonServer.ClientId, AmazonServer.ClientSecret, AmazonServer.RefreshToken, AmazonServer.PartnerTag, "wrong-token"])
        {
            Assert.That(written, Does.Not.Contain(secret));
        }
    }
}
