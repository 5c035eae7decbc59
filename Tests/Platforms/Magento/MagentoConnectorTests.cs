using Marketline.Core.Clean;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.Magento;
using Marketline.Tests.Platforms.Contract;
using Marketline.Tests.Platforms.Crawl;
using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Platforms.Magento;

/// <summary>Against a server that speaks Magento's GraphQL, through the crawler as a run uses it.</summary>
[CancelAfter(60_000)]
internal sealed class MagentoConnectorTests
{
    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(MagentoConnector.PlatformName);

    private CrawlFixture _crawl = null!;

    [SetUp]
    public void SetUp() => _crawl = new CrawlFixture(options => options.MaxAttempts = 2);

    [TearDown]
    public void TearDown() => _crawl.Dispose();

    [TestCase(CrawlKind.Products)]
    [TestCase(CrawlKind.Prices)]
    public async Task Crawl_ShopOfManyPages_GivesEachProductAndVariantOnce(CrawlKind kind)
    {
        var script = new MagentoShop(120);
        await using var shop = await LoopbackShop.StartAsync(script.AnswerAsync);

        var offers = await _crawl.CollectAsync(Connector, new SitePlan(shop.Root), kind);

        Assert.That(script.Mistakes, Is.Empty);
        Assert.That(offers.Select(offer => offer.ObjectKey), Is.Unique.And.Exactly(120 - 24 + 48).Items);
        var red = offers.Single(offer => offer.Text(FieldNames.Sku) == "P-5-Red");
        Assert.That((red.Text(FieldNames.Name), red.Text(FieldNames.Price), red.Text(FieldNames.PriceCurrency), red.Url), Is.EqualTo(("Bag 5 - Red", "5.5", "USD", $"{shop.Root}bag-5.html")));
        Assert.That(shop.Requests, Has.Count.EqualTo(4), "the shop's addresses and three pages");
    }

    [Test]
    public async Task Crawl_StoreViewOfItsPath_IsAskedForByTheStoreHeader()
    {
        var script = new MagentoShop(60);
        await using var shop = await LoopbackShop.StartAsync(script.AnswerAsync);

        var offers = await _crawl.CollectAsync(Connector, new SitePlan(new Uri(shop.Root, "/de/")), CrawlKind.Prices);

        Assert.That(script.Mistakes, Is.Empty);
        Assert.That(offers.Select(offer => offer.Text(FieldNames.PriceCurrency)).Distinct(), Is.EqualTo(new[] { "EUR" }));
        Assert.That((offers[0].Language, offers[0].Url), Is.EqualTo(("de-DE", $"{shop.Root}de/bag-1.html")));
    }

    [Test]
    public async Task Crawl_Reviews_GoesThroughThePagesOfEachProduct()
    {
        var script = new MagentoShop(3);
        await using var shop = await LoopbackShop.StartAsync(script.AnswerAsync);

        var reviews = await _crawl.CollectAsync(Connector, new SitePlan(shop.Root), CrawlKind.Reviews);

        Assert.That(script.Mistakes, Is.Empty);
        Assert.That(reviews.Select(review => review.ObjectKey), Is.Unique.And.Exactly(3 * 45).Items);
        Assert.That(((Review)PageOutcome.Clean(MagentoConnector.PlatformName, CrawlKind.Reviews, reviews[0]).Record!).Rating, Is.EqualTo(4m), "of 100");
    }

    [Test]
    public async Task Crawl_ItemsAndSearches_AreFilters()
    {
        var script = new MagentoShop(40);
        await using var shop = await LoopbackShop.StartAsync(script.AnswerAsync);
        var site = new SitePlan(shop.Root) { Items = ["P-2", "P-5", $"{shop.Root}bags/bag-7.html"], Searches = ["Bag 33"] };

        var offers = await _crawl.CollectAsync(Connector, site, CrawlKind.Products);

        Assert.That(script.Mistakes, Is.Empty);
        Assert.That(offers.Select(offer => offer.Text(FieldNames.Sku)), Is.EquivalentTo(new[] { "P-2", "P-5-Red", "P-5-Blue", "P-7", "P-33" }));
    }

    [Test]
    public async Task Crawl_BehindTheSearchEnginesReach_IsAnErrorAndHidesNothingElse()
    {
        var script = new MagentoShop(160) { MaxReach = 100 };
        await using var shop = await LoopbackShop.StartAsync(script.AnswerAsync);

        var pages = await _crawl.CrawlAsync(Connector, await _crawl.PlanAsync(Connector, new SitePlan(shop.Root), CrawlKind.Prices), CrawlKind.Prices);

        Assert.That(pages.Select(page => Connector.Extract(page, CrawlKind.Prices).DefectReason), Is.EqualTo(new[] { null, null, MagentoAnswer.GraphQlError, MagentoAnswer.GraphQlError }));
    }

    [Test]
    public async Task Crawl_SentAwayOnce_ComesBack()
    {
        var requests = 0;
        var script = new MagentoShop(60)
        {
            Before = context =>
            {
                var isRefused = context.Request.Path == "/graphql" && Interlocked.Increment(ref requests) == 2;
                context.Response.StatusCode = isRefused ? 503 : 200;
                context.Response.Headers.RetryAfter = isRefused ? "0" : default;
                return Task.FromResult(isRefused);
            },
        };
        await using var shop = await LoopbackShop.StartAsync(script.AnswerAsync);

        var offers = await _crawl.CollectAsync(Connector, new SitePlan(shop.Root), CrawlKind.Prices);

        Assert.That(offers, Has.Count.EqualTo(60 - 12 + 24));
    }

    [TestCase("User-agent: *\nDisallow: /graphql\n", FetchReasons.RobotsDisallowed)]
    [TestCase("", FetchReasons.NotFound)]
    public async Task Plan_NoGraphQl_SaysWhyAndWhatToDo(string robots, string reason)
    {
        await using var shop = await LoopbackShop.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path == "/robots.txt" ? 200 : 404;
            return context.Response.WriteAsync(robots);
        });

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Connector, new SitePlan(shop.Root), CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain(reason).And.Contain("generic-shop"));
    }

    [Test]
    public async Task Plan_UnknownStoreView_NamesThoseThatThereAre()
    {
        await using var shop = await LoopbackShop.StartAsync(new MagentoShop(1).AnswerAsync);

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Connector, new SitePlan(new Uri(shop.Root, "/fr/")), CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain($"{shop.Root}de/"));
    }

    [Test]
    public async Task Plan_ErrorsInsteadOfAStore_SaysSo()
    {
        await using var shop = await LoopbackShop.StartAsync(context => context.Request.Path == "/graphql" ? MagentoShop.ErrorAsync(context, "No", "graphql-authorization") : Task.CompletedTask);

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Connector, new SitePlan(shop.Root), CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain("no GraphQL of Magento"));
    }
}
