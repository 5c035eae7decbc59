using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.WooCommerce;
using Marketline.Tests.Platforms.Contract;
using Marketline.Tests.Platforms.Crawl;
using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Platforms.WooCommerce;

/// <summary>Against a server that speaks the Store API, through the crawler as a run uses it.</summary>
[CancelAfter(60_000)]
internal sealed class WooCommerceConnectorTests
{
    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(WooCommerceConnector.PlatformName);

    private CrawlFixture _crawl = null!;

    [SetUp]
    public void SetUp() => _crawl = new CrawlFixture(options => options.MaxAttempts = 2);

    [TearDown]
    public void TearDown() => _crawl.Dispose();

    [Test]
    public async Task Crawl_ShopWithVariations_GivesEachProductAndVariationOnce()
    {
        var script = new WooCommerceShop(230, 0);
        await using var shop = await LoopbackShop.StartAsync(script.AnswerAsync);

        var offers = await _crawl.CollectAsync(Connector, new SitePlan(shop.Root), CrawlKind.Products);

        Assert.That(offers.Select(offer => offer.ObjectKey), Is.Unique);
        Assert.That(offers, Has.Count.EqualTo(230 + (3 * script.VariableCount)));
        Assert.That(offers.Select(offer => offer.Text(FieldNames.Sku)), Has.One.EqualTo("sku-20011").And.None.EqualTo("sku-10001"));
        Assert.That(offers.Single(offer => offer.Text(FieldNames.Sku) == "sku-20011").Text(FieldNames.Name), Is.EqualTo("Shirt 1 - Size: 1"));
        Assert.That(offers.Select(offer => offer.Text(FieldNames.Price)), Has.One.EqualTo("10.01").And.One.EqualTo("12.30"));
    }

    [Test]
    public async Task Crawl_Items_AsksForThoseAndTheirVariations()
    {
        await using var shop = await LoopbackShop.StartAsync(new WooCommerceShop(50, 0).AnswerAsync);

        var offers = await _crawl.CollectAsync(Connector, new SitePlan(shop.Root) { Items = ["7", "10002"] }, CrawlKind.Prices);

        Assert.That(offers.Select(offer => offer.Text(FieldNames.Sku)), Is.EquivalentTo(new[] { "sku-7", "sku-20021", "sku-20022", "sku-20023" }));
    }

    [Test]
    public async Task Crawl_Reviews_GoesThroughAllPages()
    {
        await using var shop = await LoopbackShop.StartAsync(new WooCommerceShop(1, 205).AnswerAsync);

        var reviews = await _crawl.CollectAsync(Connector, new SitePlan(shop.Root), CrawlKind.Reviews);

        Assert.That(reviews.Select(review => review.Text(FieldNames.ReviewBody)), Is.Unique.And.Exactly(205).Items);
        Assert.That(reviews[0].Text(FieldNames.Author), Is.EqualTo("Reviewer 205"), "the latest first");
    }

    [Test]
    public async Task Crawl_SentAwayOnce_ComesBackAndGoesOn()
    {
        var refusals = 0;
        var script = new WooCommerceShop(120, 0)
        {
            Before = context =>
            {
                var isRefused = context.Request.Query["page"] == "2" && Interlocked.Increment(ref refusals) == 1;
                context.Response.StatusCode = isRefused ? 429 : 200;
                context.Response.Headers.RetryAfter = isRefused ? "0" : default;
                return Task.FromResult(isRefused);
            },
        };
        await using var shop = await LoopbackShop.StartAsync(script.AnswerAsync);

        var offers = await _crawl.CollectAsync(Connector, new SitePlan(shop.Root), CrawlKind.Products);

        Assert.That(offers, Has.Count.EqualTo(120 + (3 * script.VariableCount)));
    }

    [Test]
    public async Task Plan_NoStoreApi_SaysWhatToDo()
    {
        await using var shop = await LoopbackShop.StartAsync(context => LoopbackShop.JsonAsync(context, """{"code":"rest_no_route","message":"No route","data":{"status":404}}""", 404));

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Connector, new SitePlan(shop.Root), CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain(FetchReasons.NotFound).And.Contain("generic-shop"));
    }

    [Test]
    public async Task Plan_RobotsForbidsTheApi_SaysSoAndDoesNotAsk()
    {
        await using var shop = await LoopbackShop.StartAsync(new WooCommerceShop(5, 0) { Robots = "User-agent: *\nDisallow: /wp-json/\n" }.AnswerAsync);

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Connector, new SitePlan(shop.Root), CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain(FetchReasons.RobotsDisallowed));
        Assert.That(shop.Requests, Is.Empty);
    }

    [Test]
    public async Task Plan_AnotherKindOfAnswer_SaysSo()
    {
        await using var shop = await LoopbackShop.StartAsync(context => context.Response.WriteAsync("<html><body>Welcome</body></html>"));

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Connector, new SitePlan(shop.Root), CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain("no Store API"));
    }

    [Test]
    public async Task Plan_ItemsSearchesAndFolder_BecomeFilters()
    {
        await using var shop = await LoopbackShop.StartAsync(context => LoopbackShop.JsonAsync(context, "[]"));
        var site = new SitePlan(new Uri(shop.Root, "/de/")) { Items = ["12", "A 1", "34", "/product/red-mug/"], Searches = ["mug & cup"] };

        var targets = await _crawl.PlanAsync(Connector, site, CrawlKind.Products);

        Assert.That(
            targets.Select(target => new Uri(target.Url).PathAndQuery),
            Is.EqualTo(
                new[] { "include=12,34", "sku=A%201", "slug=red-mug", "search=mug%20%26%20cup" }
                    .Select(filter => $"/de/wp-json/wc/store/v1/products?order=asc&orderby=id&{filter}&page=1&per_page=100")
            )
        );
    }

    [Test]
    public async Task Plan_ReviewsOfASku_IsRefusedWithWords()
    {
        await using var shop = await LoopbackShop.StartAsync(context => LoopbackShop.JsonAsync(context, "[]"));

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Connector, new SitePlan(shop.Root) { Items = ["A 1"] }, CrawlKind.Reviews));

        Assert.That(error!.Message, Does.Contain("product ids"));
    }
}
