using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.Walmart;
using Marketline.Tests.Platforms.Contract;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Walmart;

internal sealed class WalmartConnectorTests
{
    private const string BlockedPage =
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Robot or human?</title></head><body><h1>Activate and hold the button to confirm that you're human. Thank You!</h1><div id=\"px-cap\"></div></body></html>";

    private static readonly Uri Site = new("https://www.walmart.com/");
    private static readonly Uri Api = new("https://developer.api.walmart.com/");
    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(WalmartConnector.PlatformName);

    [TestCase("55885487")]
    [TestCase(" 55885487 ")]
    [TestCase("https://www.walmart.com/ip/55885487")]
    [TestCase("https://www.walmart.com/ip/Hearth-Kettle/55885487?athbdg=L1600&from=/search")]
    [TestCase("https://www.walmart.ca/en/ip/hearth-kettle/55885487")]
    [TestCase("https://www.walmart.com/reviews/product/55885487?page=2")]
    public async Task PlanTargetsAsync_ItemInAnyForm_IsAskedForByItsNumber(string item)
    {
        var call = await PlanAsync(new SitePlan(Site) { Items = [item], Api = Api }, CrawlKind.Prices);
        var page = await PlanAsync(new SitePlan(Site) { Items = [item] }, CrawlKind.Prices);
        var reviews = await PlanAsync(new SitePlan(Site) { Items = [item] }, CrawlKind.Reviews);

        Assert.That(call.Single().Url, Is.EqualTo("https://developer.api.walmart.com/api-proxy/service/affil/product/v2/items?ids=55885487"));
        Assert.That(call.Single().Call, Is.Not.Null);
        Assert.That(page, Is.EqualTo(new[] { new CrawlTarget("https://www.walmart.com/ip/55885487") }));
        Assert.That(reviews, Is.EqualTo(new[] { new CrawlTarget("https://www.walmart.com/reviews/product/55885487?sort=submission-desc") }));
    }

    [TestCase("kettle")]
    [TestCase("5588548712345678901")]
    [TestCase("https://www.walmart.com/cp/kitchen/4044")]
    [TestCase("https://www.walmart.com/ip/")]
    public async Task PlanTargetsAsync_ItemThatIsNone_SaysWhichAndWhatIsOne(string item)
    {
        var plan = new SitePlan(Site) { Items = ["55885487", item], Api = Api };

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => PlanAsync(plan, CrawlKind.Prices));

        Assert.That(error!.Message, Does.Contain($"'{item}'").And.Contain("55885487"));
    }

    [Test]
    public async Task PlanTargetsAsync_SearchesAndItemsWithoutAnApi_ArePages()
    {
        var plan = new SitePlan(Site) { Items = ["1", "2", "1"], Searches = ["enamel & kettle"] };

        var all = await PlanAsync(plan, CrawlKind.Products);
        var two = await PlanAsync(plan with { MaxTargetCount = 2 }, CrawlKind.Products);

        Assert.That(all.Select(target => target.Url), Is.EqualTo(new[] { "https://www.walmart.com/ip/1", "https://www.walmart.com/ip/2", "https://www.walmart.com/search?q=enamel%20%26%20kettle" }));
        Assert.That(two, Is.EqualTo(all.Take(2)));
    }

    [Test]
    public async Task PlanTargetsAsync_ItemsOfSavedPages_AreRefused()
    {
        var plan = new SitePlan(Site, IsMirror: true) { Items = ["1"] };

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => PlanAsync(plan, CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain("sitemap"));
    }

    [Test]
    public void Extract_ApiAndPage_GiveOneItemOneKey()
    {
        var folder = new ConnectorFolder(WalmartConnector.PlatformName);
        var pages = folder.Pages(CrawlKind.Products).Where(page => page.BodyPath.EndsWith("/items.json", StringComparison.Ordinal) || page.BodyPath.EndsWith("item-page.html", StringComparison.Ordinal) || page.BodyPath.EndsWith("no-state.html", StringComparison.Ordinal));

        var keys = pages.Select(page => Connector.Extract(page.Fetched(), page.Kind)).SelectMany(result => result.Objects).ToLookup(item => item.Text(FieldNames.Sku), item => item.ObjectKey);

        Assert.That(keys["55885501"].Distinct().Count(), Is.EqualTo(1), "the mug, from the API and from a page without state");
        Assert.That(keys["55885487"].Distinct().Count(), Is.EqualTo(2), "the kettle of Walmart, from both, and that of the marketplace");
        Assert.That(keys["55885487"], Has.Exactly(3).Items);
    }

    [Test]
    public async Task FetchAsync_RobotOrHuman_IsBlocked()
    {
        await using var site = new HostileSite();
        using var crawl = new CrawlFixture();
        site.Redirect("/ip/55885487", "/blocked?url=L2lwLzU1ODg1NDg3&uuid=x");
        site.Page("/blocked?url=L2lwLzU1ODg1NDg3&uuid=x", BlockedPage);

        var page = await crawl.FetchAsync(site.Url("/ip/55885487"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.BlockedCaptcha));
        Assert.That(page.FailureDetail, Does.Contain("human"));
    }

    private static Task<List<CrawlTarget>> PlanAsync(SitePlan plan, CrawlKind kind) => ScriptedSite.PlanAsync(Connector, plan, kind);
}
