using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.Shopify;
using Marketline.Tests.Platforms.Contract;

namespace Marketline.Tests.Platforms.Shopify;

internal sealed class ShopifyConnectorTests
{
    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(ShopifyConnector.PlatformName);

    [Test]
    public async Task PlanTargetsAsync_MetaNamesTheCurrency_TargetCarriesIt()
    {
        var shop = new ShopResponses().Answer("/meta.json", """{"name": "Elm", "currency": "CAD"}""");

        var targets = await PlanAsync(shop);

        Assert.That(targets, Is.EqualTo(new[] { "https://shop.example/products.json?limit=250&page=1&currency=CAD" }));
        Assert.That(shop.Requests, Is.EqualTo(new[] { "/meta.json" }));
    }

    [TestCase("{\"name\": \"Elm\"}")]
    [TestCase("{\"currency\": null}")]
    [TestCase("{\"currency\": \"dollars\"}")]
    [TestCase("{\"currency\": [\"CAD\"]}")]
    [TestCase("{\"currency\": \"\\ud83d\"}")]
    [TestCase("[]")]
    [TestCase(ShopResponses.PasswordPage)]
    [TestCase("")]
    public async Task PlanTargetsAsync_MetaDoesNotTell_AsksTheCart(string meta)
    {
        var shop = new ShopResponses().Answer("/meta.json", meta).Answer("/cart.js", "\ufeff{\"token\": \"x\", \"currency\": \"cad\"}");

        var targets = await PlanAsync(shop);

        Assert.That(targets.Single(), Does.EndWith("&currency=CAD"));
        Assert.That(shop.Requests, Is.EqualTo(new[] { "/meta.json", "/cart.js" }));
    }

    [TestCase(FetchReasons.Blocked)]
    [TestCase(FetchReasons.NotFound)]
    [TestCase(FetchReasons.RobotsDisallowed)]
    [TestCase(FetchReasons.HttpError)]
    public async Task PlanTargetsAsync_ShopDoesNotTell_PlansWithoutACurrency(string reason)
    {
        var shop = new ShopResponses().Fail("/meta.json", reason).Fail("/cart.js", reason);

        var targets = await PlanAsync(shop);

        Assert.That(targets, Is.EqualTo(new[] { "https://shop.example/products.json?limit=250&page=1" }));
    }

    [Test]
    public async Task PlanTargetsAsync_SavedPages_AreRefusedWithAnAlternative()
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => PlanAsync(new ShopResponses(), new SitePlan(ShopResponses.Root, IsMirror: true)));

        Assert.That(error!.Message, Does.Contain("https://shop.example/").And.Contain("generic-shop"));
    }

    [TestCase("?limit=2&page=1&currency=CAD", "https://shop.example/products.json?limit=2&page=2&currency=CAD")]
    [TestCase("?limit=2&page=1", "https://shop.example/products.json?limit=2&page=2")]
    [TestCase("?page=7&limit=2", "https://shop.example/products.json?limit=2&page=8")]
    [TestCase("?limit=2", "https://shop.example/products.json?limit=2&page=2")]
    public void FollowUps_FullPage_IsTheNextOne(string query, string expected)
    {
        var page = ShopResponses.Listing(query, ShopResponses.Product(1), ShopResponses.Product(2));

        var targets = Connector.FollowUps(page, CrawlKind.Prices);

        Assert.That(targets.Select(target => target.Url), Is.EqualTo(new[] { expected }));
    }

    [TestCase(CrawlKind.Products, 1)]
    [TestCase(CrawlKind.Prices, 1)]
    [TestCase(CrawlKind.Reviews, 0)]
    public void FollowUps_Kind_OnlyListingsHaveNextPages(CrawlKind kind, int expected)
    {
        var page = ShopResponses.Listing("?limit=1&page=1", ShopResponses.Product(1));

        Assert.That(Connector.FollowUps(page, kind).Count(), Is.EqualTo(expected));
    }

    [TestCase("{\"products\":[{\"id\":1}]}")]
    [TestCase("{\"products\":[]}")]
    [TestCase("{\"products\":{\"a\":1,\"b\":2}}")]
    [TestCase("{\"meta\":{\"products\":[1,2,3]}}")]
    [TestCase("[1,2,3]")]
    [TestCase("{\"products\":[{\"id\":1},{\"id\":")]
    [TestCase(ShopResponses.PasswordPage)]
    [TestCase("")]
    public void FollowUps_PageNotFull_IsNone(string body)
    {
        var page = ShopResponses.Page("https://shop.example/products.json?limit=2&page=1", body);

        Assert.That(Connector.FollowUps(page, CrawlKind.Products), Is.Empty);
    }

    [TestCase("{\"shop\":{\"products\":[]},\"products\":[{\"id\":1,\"variants\":[{\"id\":[1,2]}]},{}]}")]
    [TestCase("\ufeff{\"products\":[1,null]}")]
    [TestCase("{\"products\":[1,2],\"broken\":")]
    public void FollowUps_OddButFullPage_IsTheNextOne(string body)
    {
        var page = ShopResponses.Page("https://shop.example/products.json?limit=2&page=1", body);

        Assert.That(Connector.FollowUps(page, CrawlKind.Products).Count(), Is.EqualTo(1));
    }

    [TestCase("?limit=1000&page=1", 250, 1)]
    [TestCase("?limit=1000&page=1", 249, 0)]
    [TestCase("?limit=0&page=x", 250, 1)]
    [TestCase("", 250, 1)]
    public void FollowUps_LimitThatShopifyDoesNotGive_CountsAsItsOwn(string query, int productCount, int expected)
    {
        var page = ShopResponses.Listing(query, [.. Enumerable.Repeat("{}", productCount)]);

        Assert.That(Connector.FollowUps(page, CrawlKind.Products).Count(), Is.EqualTo(expected));
    }

    [TestCase(99, "https://shop.example/products.json?limit=250&page=100")]
    [TestCase(100, "https://shop.example/products.json?limit=250&page=101")]
    [TestCase(101, null)]
    [TestCase(999_999, null)]
    public void FollowUps_BeyondShopifysReach_AsksOnceAndEnds(int number, string? expected)
    {
        var page = ShopResponses.Listing($"?limit=250&page={number}", [.. Enumerable.Repeat("{}", 250)]);

        Assert.That(Connector.FollowUps(page, CrawlKind.Products).SingleOrDefault()?.Url, Is.EqualTo(expected));
    }

    private static async Task<List<string>> PlanAsync(ShopResponses shop, SitePlan? site = null)
    {
        var targets = new List<string>();
        await foreach (var target in Connector.PlanTargetsAsync(site ?? new SitePlan(ShopResponses.Root), CrawlKind.Products, shop, CancellationToken.None))
        {
            targets.Add(target.Url);
        }

        return targets;
    }
}
