using System.Text;
using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.LocalHost.DemoMarketplace;
using Marketline.Platforms;
using Marketline.Platforms.Shopify;
using Marketline.Tests.Platforms.Contract;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Shopify;

/// <summary>A listing is crawled page after page, through the crawler as a batch uses it.</summary>
[CancelAfter(60_000)]
internal sealed class ShopifyPagingTests
{
    private const string FirstPage = "/products.json?limit=250&page=1";
    private const string SecondPage = "/products.json?limit=250&page=2";

    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(ShopifyConnector.PlatformName);

    private CrawlFixture _crawl = null!;
    private HostileSite _site = null!;

    [SetUp]
    public void SetUp()
    {
        _crawl = new CrawlFixture(options => options.MaxAttempts = 2);
        _site = new HostileSite();
    }

    [TearDown]
    public async Task TearDown()
    {
        _crawl.Dispose();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task CrawlAsync_ShopOfThreePages_GivesEveryVariantOnce()
    {
        await using var marketplace = await DemoMarketplaceServer.StartAsync(new DemoMarketplaceOptions { ProductsPerShop = 620, Shops = ["elm"] }, CancellationToken.None);
        var shop = new Uri(marketplace.BaseUrl("elm") + "/");

        var pages = await CrawlAsync(await PlanAsync(shop));
        var offers = pages.SelectMany(page => Connector.Extract(page, CrawlKind.Products).Objects).Select(Clean).ToList();

        var expected = marketplace.GroundTruth("elm", 0).SelectMany(line => line.Products).ToList();
        Assert.That(expected, Has.Count.GreaterThan(600));
        Assert.That(pages, Has.Count.EqualTo(3));
        Assert.That(offers.Select(offer => offer.ObjectKey), Is.Unique);
        Assert.That(
            offers.Select(offer => (offer.Url, offer.Name, offer.Sku, offer.Price, offer.ListPrice, offer.CurrencyCode, offer.Availability?.ToString(), offer.Brand, offer.Category, offer.ImageUrl)),
            Is.EquivalentTo(
                expected.Select(product => (product.Url, product.Name, product.Sku, product.Price, product.ListPrice, product.Currency, product.Availability, product.Brand, product.Category, product.Image))
            )
        );
    }

    [Test]
    public async Task CrawlAsync_SentAwayOnce_ComesBackAndGoesOn()
    {
        _site.InTurn(FirstPage, HostileSite.Status(429, "Retry-After: 0\r\n"), HostileSite.Status(200, "Content-Type: application/json\r\n", Full(1)));
        _site.Page(SecondPage, "{\"products\":[]}");

        var pages = await CrawlAsync([new CrawlTarget(_site.Url(FirstPage))]);

        Assert.That(pages.Select(page => (page.Url, page.FailureReason, page.AttemptCount)), Is.EqualTo(new[] { (_site.Url(FirstPage), (string?)null, 2), (_site.Url(SecondPage), null, 1) }));
    }

    [Test]
    public async Task CrawlAsync_SentAwayForGood_EndsAsBlocked()
    {
        _site.Page(FirstPage, Full(1));
        _site.Map(SecondPage, HostileSite.Status(429, "Retry-After: 0\r\n"));

        var pages = await CrawlAsync([new CrawlTarget(_site.Url(FirstPage))]);

        Assert.That(pages.Select(page => page.FailureReason), Is.EqualTo(new[] { null, FetchReasons.Blocked }));
    }

    [Test]
    public async Task CrawlAsync_ShopClosedByAPassword_IsDefectiveAndLeadsNowhere()
    {
        _site.Redirect(FirstPage, "/password");
        _site.Page("/password", ShopResponses.PasswordPage);

        var pages = await CrawlAsync([new CrawlTarget(_site.Url(FirstPage))]);

        Assert.That(pages.Select(page => Connector.Extract(page, CrawlKind.Products).DefectReason), Is.EqualTo(new[] { ShopifyListingReader.NotJson }));
    }

    [Test]
    public async Task CrawlAsync_ShopThatIgnoresThePage_Ends()
    {
        for (var page = 1; page <= 150; page++)
        {
            _site.Page($"/products.json?limit=250&page={page}", Full(1));
        }

        var pages = await CrawlAsync([new CrawlTarget(_site.Url(FirstPage))]);

        Assert.That(pages, Has.Count.EqualTo(101));
    }

    private static Offer Clean(ExtractedObject item) => (Offer)PageOutcome.Clean(ShopifyConnector.PlatformName, CrawlKind.Products, item).Record!;

    private static string Full(int first) =>
        new StringBuilder("{\"products\":[").AppendJoin(',', Enumerable.Range(first, 250).Select(id => ShopResponses.Product(id))).Append("]}").ToString();

    private Task<List<CrawlTarget>> PlanAsync(Uri shop) => _crawl.PlanAsync(Connector, new SitePlan(shop), CrawlKind.Products);

    private Task<List<FetchedPage>> CrawlAsync(IEnumerable<CrawlTarget> targets) => _crawl.CrawlAsync(Connector, targets, CrawlKind.Products);
}
