using System.Net;
using AngleSharp.Html.Parser;
using Marketline.LocalHost.DemoMarketplace;

namespace Marketline.Tests.LocalHost.DemoMarketplace;

/// <summary>What a shop is besides its product pages.</summary>
[TestFixture]
internal sealed class SiteTests
{
    private static readonly string[] Shops = ["alder", "birch", "cedar", "dune", "elm", "fjord", "grove"];

    private DemoMarketplaceServer _server = null!;
    private ShopClient _client = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var options = new DemoMarketplaceOptions { PageSizeBytes = 1, Day = 12 };
        _server = await DemoMarketplaceServer.StartAsync(options, CancellationToken.None);
        _client = new ShopClient(_server);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [TestCaseSource(nameof(Shops))]
    public async Task Categories_FollowedFromTheHomePage_LeadToEveryProduct(string shop)
    {
        var found = new HashSet<string>();
        var seen = new HashSet<string>();
        var listings = new Queue<string>(await LinksAsync(_server.BaseUrl(shop) + "/", "header nav a"));
        while (listings.TryDequeue(out var listing))
        {
            if (seen.Add(listing))
            {
                found.UnionWith(await LinksAsync(listing, ".card a"));
                (await LinksAsync(listing, "a[rel=next]")).ForEach(listings.Enqueue);
            }
        }

        var live = _server
            .GroundTruth(shop, 12)
            .Where(line => line.Products.Count > 0 && line.Expected.Products.Reason != "duplicate")
            .Select(line => line.Url);
        Assert.That(live, Is.SubsetOf(found));
        Assert.That(seen, Has.Count.GreaterThan(8), "Categories have more than one page.");
    }

    [TestCaseSource(nameof(Shops))]
    public async Task Pages_NotOfAProduct_AreThere(string shop)
    {
        var pages = _server
            .GroundTruth(shop, 12)
            .Where(line => line.Expected.Products.Reason == "not-a-product" && line.Fault is null)
            .ToArray();

        foreach (var page in pages)
        {
            using var response = await _client.GetAsync(page.Url);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), page.Url);
        }

        Assert.That(pages, Has.Length.GreaterThanOrEqualTo(10));
    }

    [TestCaseSource(nameof(Shops))]
    public async Task Robots_NamesTheSitemapAndTheRules(string shop)
    {
        var robots = await _client.TextAsync(_server.BaseUrl(shop) + "/robots.txt");

        Assert.That(robots, Does.Contain($"\nSitemap: {_server.BaseUrl(shop)}/sitemap.xml\n"));
        Assert.That(robots, Does.Contain("User-agent: *\nDisallow: /"));
    }

    [Test]
    public async Task Robots_DisallowedProducts_AreInTheSitemapUnderADisallowedPath()
    {
        var robots = await _client.TextAsync(_server.BaseUrl("dune") + "/robots.txt");

        var disallowed = _server
            .GroundTruth("dune", 12)
            .Where(line => line.Expected.Products.Reason == "robots-disallowed")
            .ToArray();
        var allowedAgain = _server
            .GroundTruth("dune", 12)
            .Where(line => line.Url.Contains("/clearance/open/", StringComparison.Ordinal))
            .ToArray();

        Assert.That(robots, Does.Contain("Disallow: /clearance/\nAllow: /clearance/open/\n"));
        Assert.That(disallowed, Has.Length.GreaterThanOrEqualTo(4));
        Assert.That(disallowed.Select(line => line.Url), Is.All.StartsWith(_server.BaseUrl("dune") + "/clearance/%E5"));
        Assert.That(allowedAgain.Select(line => line.Expected.Products.State), Has.Some.EqualTo("delivered"));
    }

    [Test]
    public async Task Robots_OneShop_AsksForADelay() =>
        Assert.That(
            await _client.TextAsync(_server.BaseUrl("birch") + "/robots.txt"),
            Does.Contain("\nCrawl-delay: 0.1\n")
        );

    [Test]
    public async Task Image_OfAProduct_IsASmallSvg()
    {
        var image = _server.GroundTruth("alder", 12).First(line => line.Products.Count > 0).Products[0].Image!;

        using var response = await _client.GetAsync(image);

        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/svg+xml"));
        Assert.That((await response.Content.ReadAsByteArrayAsync()).Length, Is.LessThan(1000));
    }

    [TestCase("/produkt/not-this-name-100001.html")]
    [TestCase("/produkt/nothing-999999.html")]
    [TestCase("/kategorie/audio/?seite=99")]
    [TestCase("/nothing/at/all")]
    public async Task Page_Unknown_IsNotFound(string path)
    {
        using var response = await _client.GetAsync(_server.BaseUrl("alder") + path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<List<string>> LinksAsync(string url, string selector)
    {
        var document = new HtmlParser().ParseDocument(await _client.TextAsync(url));
        return
        [
            .. document
                .QuerySelectorAll(selector)
                .Select(link => new Uri(new Uri(url), link.GetAttribute("href")).AbsoluteUri),
        ];
    }
}
