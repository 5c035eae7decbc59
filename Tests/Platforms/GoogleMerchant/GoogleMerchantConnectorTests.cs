using System.IO.Compression;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms;
using Marketline.Platforms.GoogleMerchant;
using Marketline.Tests.Platforms.Contract;
using Marketline.Tests.Platforms.Crawl;
using Microsoft.AspNetCore.Http;

namespace Marketline.Tests.Platforms.GoogleMerchant;

/// <summary>Feeds from a real server, through the crawler as a run uses it.</summary>
[CancelAfter(60_000)]
internal sealed class GoogleMerchantConnectorTests
{
    private const string Table = "id\ttitle\tlink\tprice\tavailability\n";

    private static readonly IPlatformConnector Connector = RegisteredConnectors.All.Get(GoogleMerchantConnector.PlatformName);

    private CrawlFixture _crawl = null!;

    [SetUp]
    public void SetUp() => _crawl = new CrawlFixture(options => (options.MaxAttempts, options.MaxBodyBytes, options.MaxSitemapBytes) = (1, 10_000, 200_000));

    [TearDown]
    public void TearDown() => _crawl.Dispose();

    [Test]
    public async Task Crawl_FeedOfTheSitesOwnAddress_GivesItsRows()
    {
        await using var shop = await LoopbackShop.StartAsync(context => SendAsync(context, "text/tab-separated-values", Encoding.UTF8.GetBytes(Rows(3))));

        var offers = await _crawl.CollectAsync(Connector, new SitePlan(new Uri(shop.Root, "/feed.tsv")), CrawlKind.Prices);

        Assert.That(offers.Select(offer => (offer.Text(FieldNames.Sku), offer.Text(FieldNames.Price), offer.Text(FieldNames.PriceCurrency))), Is.EqualTo(new[] { ("S1", "5.00", "EUR"), ("S2", "5.00", "EUR"), ("S3", "5.00", "EUR") }));
    }

    [TestCase("/feed.txt", "text/plain")]
    [TestCase("/feed", "text/csv; charset=utf-8")]
    [TestCase("/feed", "application/rss+xml")]
    [TestCase("/feed.xml.gz", "application/octet-stream")]
    public async Task Crawl_FeedLargerThanAPage_IsReadUpToTheSitemapLimit(string path, string contentType)
    {
        var body = Encoding.UTF8.GetBytes(Rows(1_000));
        await using var shop = await LoopbackShop.StartAsync(context => SendAsync(context, contentType, path.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(body) : body));

        var offers = await _crawl.CollectAsync(Connector, new SitePlan(shop.Root) { Items = [path] }, CrawlKind.Products);

        Assert.That(offers, Has.Count.EqualTo(1_000));
    }

    [Test]
    public async Task Crawl_FeedAboveTheLimit_FailsAsTooLarge()
    {
        var body = Encoding.UTF8.GetBytes(Rows(10_000));
        await using var shop = await LoopbackShop.StartAsync(context => SendAsync(context, "text/csv", body));
        var targets = await _crawl.PlanAsync(Connector, new SitePlan(shop.Root) { Items = ["/feed.csv"] }, CrawlKind.Products);

        var pages = await _crawl.CrawlAsync(Connector, targets, CrawlKind.Products);

        Assert.That(pages.Select(page => page.FailureReason), Is.EqualTo(new[] { FetchReasons.TooLarge }));
    }

    [Test]
    public async Task Plan_FeedOfAnotherSite_IsRefusedWithWords()
    {
        await using var shop = await LoopbackShop.StartAsync(_ => Task.CompletedTask);

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Connector, new SitePlan(shop.Root) { Items = ["https://elsewhere.example/feed.xml"] }, CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain("elsewhere.example"));
    }

    [Test]
    public async Task Plan_NoFeedNamed_AsksForOne()
    {
        await using var shop = await LoopbackShop.StartAsync(_ => Task.CompletedTask);

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => _crawl.PlanAsync(Connector, new SitePlan(shop.Root), CrawlKind.Products));

        Assert.That(error!.Message, Does.Contain("items"));
    }

    [Test]
    public void Extract_DamagedRow_IsQuarantinedWithItsNumberItsReasonAndItsText()
    {
        var page = new FetchedPage { Url = "https://shop.example/feed.tsv", FinalUrl = "https://shop.example/feed.tsv", FetchedUtc = DateTimeOffset.UnixEpoch, Body = Encoding.UTF8.GetBytes(Rows(2) + "S3\tonly two\n") };

        var damaged = Connector.Extract(page, CrawlKind.Prices).Objects[^1];
        var (record, violations) = PageOutcome.Clean(GoogleMerchantConnector.PlatformName, CrawlKind.Prices, damaged);

        Assert.That(record, Is.Null);
        Assert.That(violations.Select(violation => (violation.Rule, violation.Position)), Is.EqualTo(new[] { (FeedProblems.Columns, "row 4") }));
        Assert.That(damaged.Text("row"), Is.EqualTo("S3\tonly two"));
    }

    [Test]
    public void Extract_CorpusFeeds_AreTablesButNoMerchantFeeds()
    {
        var folder = Path.Combine(RepositoryPaths.Root, "..", "shared", "corpus", "feeds");
        if (!Directory.Exists(folder))
        {
            Assert.Ignore("The corpus is not here.");
        }

        var reasons = Directory.GetFiles(folder, "*.csv").Select(file => Connector.Extract(new FetchedPage { Url = "https://shop.example/feed.csv", FinalUrl = "https://shop.example/feed.csv", FetchedUtc = DateTimeOffset.UnixEpoch, Body = File.ReadAllBytes(file) }, CrawlKind.Products).DefectReason);

        Assert.That(reasons, Is.Not.Empty.And.All.EqualTo(FeedProblems.NotAFeed), "exports of Shopify name no id column");
    }

    private static string Rows(int count) => Table + string.Concat(Enumerable.Range(1, count).Select(id => $"S{id}\tMug {id}\t/mug/{id}\t5.00 EUR\tin_stock\n"));

    private static async Task SendAsync(HttpContext context, string contentType, byte[] body)
    {
        context.Response.StatusCode = context.Request.Path == "/robots.txt" ? 404 : 200;
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(context.Response.StatusCode == 200 ? body : []);
    }

    private static byte[] Gzip(byte[] body)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return buffer.ToArray();
    }
}
