using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.AliExpress;
using Marketline.Tests.Platforms.Contract;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.AliExpress;

internal sealed class AliExpressConnectorTests
{
    private const string PunishPage =
        "<html><head><meta charset=\"utf-8\"></head><body><script>window.location.replace(\"https://www.aliexpress.com//item/1005006438619019.html/_____tmd_____/punish?x5secdata=xc\" + \"&x5step=1\");</script></body></html>";

    private static readonly Uri Site = new("https://www.aliexpress.com/");
    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(AliExpressConnector.PlatformName);

    [TestCase("1005006438619019")]
    [TestCase("https://www.aliexpress.com/item/1005006438619019.html?spm=a2g0o.productlist")]
    [TestCase("https://de.aliexpress.com/item/Enamel-Kettle/1005006438619019.html")]
    public async Task PlanTargetsAsync_ItemInAnyForm_IsAskedForByItsNumber(string item)
    {
        var call = await PlanAsync(new SitePlan(Site) { Items = [item], Api = new Uri("https://api-sg.aliexpress.com/") }, CrawlKind.Prices);
        var page = await PlanAsync(new SitePlan(Site) { Items = [item] }, CrawlKind.Prices);

        Assert.That(call.Single().Url, Is.EqualTo("https://api-sg.aliexpress.com/sync?method=aliexpress.affiliate.productdetail.get&product_ids=1005006438619019&country=US&target_currency=USD&target_language=EN"));
        Assert.That(call.Single().Call, Is.Not.Null);
        Assert.That(page, Is.EqualTo(new[] { new CrawlTarget("https://www.aliexpress.com/item/1005006438619019.html") }));
    }

    [TestCase("kettle")]
    [TestCase("https://www.aliexpress.com/store/114685")]
    [TestCase("https://www.aliexpress.com/item/kettle.html")]
    public async Task PlanTargetsAsync_ItemThatIsNone_SaysWhichAndWhatIsOne(string item)
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => PlanAsync(new SitePlan(Site) { Items = [item] }, CrawlKind.Prices));

        Assert.That(error!.Message, Does.Contain($"'{item}'").And.Contain("1005006438619019"));
    }

    [Test]
    public async Task PlanTargetsAsync_Reviews_ComeFromTheSiteThatServesThem()
    {
        var served = await PlanAsync(new SitePlan(new Uri("https://feedback.aliexpress.com/")) { Items = ["1005006438619019"] }, CrawlKind.Reviews);
        var shown = await PlanAsync(new SitePlan(Site) { Items = ["1005006438619019"] }, CrawlKind.Reviews);

        Assert.That(served.Single().Url, Is.EqualTo("https://feedback.aliexpress.com/pc/searchEvaluation.do?productId=1005006438619019&lang=en_US&country=US&page=1&pageSize=20&filter=all&sort=complex_default"));
        Assert.That(shown.Single().Url, Is.EqualTo("https://www.aliexpress.com/item/1005006438619019.html"));
    }

    [Test]
    public async Task PlanTargetsAsync_SearchWithoutAnApi_IsAPageOfResults()
    {
        var targets = await PlanAsync(new SitePlan(Site) { Searches = ["enamel  kettle/ü"] }, CrawlKind.Products);

        Assert.That(targets.Single().Url, Is.EqualTo("https://www.aliexpress.com/w/wholesale-enamel-kettle%2F%C3%BC.html"));
    }

    [Test]
    public async Task PlanTargetsAsync_ItemsOfSavedPages_AreRefused()
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => PlanAsync(new SitePlan(Site, IsMirror: true) { Items = ["1"] }, CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain("sitemap"));
    }

    [TestCase("de.aliexpress.com", "EUR")]
    [TestCase("ko.aliexpress.com", "KRW")]
    [TestCase("www.aliexpress.com", "USD")]
    [TestCase("unknown.example", "USD")]
    public void Market_SiteAndCountry_AreTheSame(string host, string currency)
    {
        var market = AliExpressMarket.OfSite(new Uri($"https://{host}/"));

        Assert.That(market.Currency, Is.EqualTo(currency));
        Assert.That(AliExpressMarket.OfCountry(market.Country), Is.EqualTo(market));
    }

    [Test]
    public void Extract_PricesOfTwoSites_AreTwoObjects()
    {
        var folder = new ConnectorFolder(AliExpressConnector.PlatformName);
        var page = folder.Pages(CrawlKind.Products).Single(saved => saved.BodyPath.EndsWith("query.json", StringComparison.Ordinal));
        var url = page.Fetched().Url;

        var keys = new[] { "US", "DE", "XX" }.Select(country => Connector.Extract(page.Fetched(url: url.Replace("ship_to_country=US", $"ship_to_country={country}", StringComparison.Ordinal)), CrawlKind.Products).Objects[0].ObjectKey).ToList();

        Assert.That(keys[1], Is.Not.EqualTo(keys[0]));
        Assert.That(keys[2], Is.EqualTo(keys[0]));
    }

    [Test]
    public void Extract_ApiAndPage_GiveOneProductOneKey()
    {
        var folder = new ConnectorFolder(AliExpressConnector.PlatformName);
        var pages = folder.Pages(CrawlKind.Products).Where(page => page.BodyPath.EndsWith("query.json", StringComparison.Ordinal) || page.BodyPath.EndsWith("item-components.html", StringComparison.Ordinal));

        var keys = pages.SelectMany(page => Connector.Extract(page.Fetched(), page.Kind).Objects).Where(item => item.Text(FieldNames.Sku) == "1005006438619019").Select(item => item.ObjectKey).ToList();

        Assert.That(keys, Has.Count.EqualTo(2));
        Assert.That(keys.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task FetchAsync_PunishPage_IsBlocked()
    {
        await using var site = new HostileSite();
        using var crawl = new CrawlFixture();
        site.Page("/item/1005006438619019.html", PunishPage);

        var page = await crawl.FetchAsync(site.Url("/item/1005006438619019.html"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.BlockedCaptcha));
        Assert.That(page.FailureDetail, Does.Contain("human"));
    }

    private static Task<List<CrawlTarget>> PlanAsync(SitePlan plan, CrawlKind kind) => ScriptedSite.PlanAsync(Connector, plan, kind);
}
