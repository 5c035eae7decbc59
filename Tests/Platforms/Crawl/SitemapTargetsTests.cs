using System.Globalization;
using System.IO.Compression;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class SitemapTargetsTests
{
    private HostileSite _site = null!;
    private CrawlFixture _crawl = null!;

    [SetUp]
    public void SetUp()
    {
        _site = new HostileSite();
        _crawl = new CrawlFixture(options => options.MaxAttempts = 1);
    }

    [TearDown]
    public async Task TearDown()
    {
        _crawl.Dispose();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task ReadAsync_RobotsNamesAnIndex_GivesThePagesOfItsSitemapsOnce()
    {
        _site.Page("/robots.txt", $"Sitemap: {_site.Url("/index.xml")}\nSitemap: /more.txt\n");
        _site.Page("/index.xml", Index(_site.Url("/a.xml"), _site.Url("/b.xml.gz"), _site.Url("/a.xml")));
        _site.Page("/a.xml", Sitemap(_site.Url("/p/1"), _site.Url("/p/2?utm_source=x")));
        _site.Page("/b.xml.gz", Gzip(Sitemap(_site.Url("/p/2"), _site.Url("/p/3"))));
        _site.Page("/more.txt", $"{_site.Url("/p/4")}\r\n{_site.Url("/p/1")}\n");

        var targets = await ReadAsync();

        Assert.That(targets.Select(target => target.Url), Is.EquivalentTo(new[] { "/p/1", "/p/2", "/p/3", "/p/4" }.Select(_site.Url)));
        Assert.That(_site.CountOf("/a.xml"), Is.EqualTo(1));
    }

    [TestCase("/sitemap.xml")]
    [TestCase("/sitemap_index.xml")]
    public async Task ReadAsync_RobotsNamesNone_LooksAtTheUsualPlaces(string place)
    {
        _site.Page(place, Sitemap(_site.Url("/p/1")));

        var targets = await ReadAsync();

        Assert.That(targets, Is.EqualTo(new[] { new CrawlTarget(_site.Url("/p/1")) }));
    }

    [Test]
    public async Task ReadAsync_NoSitemap_ThrowsWithWordsForThePlansOwner()
    {
        _site.Page("/sitemap.xml", "<html><body>Not found, but with status 200</body></html>");

        var error = await Assert.ThrowsAsync<TargetPlanningException>(ReadAsync);

        Assert.That(error!.Message, Does.Contain(_site.Root.ToString()).And.Contain("root element"));
    }

    [Test]
    public async Task ReadAsync_SiteCanNotBeReached_ThrowsWithTheReason()
    {
        var gone = new Uri("http://10.1.2.3/");

        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => ReadAsync(new SitePlan(gone)));

        Assert.That(error!.Message, Does.Contain(FetchReasons.AddressRefused));
    }

    [Test]
    public async Task ReadAsync_EntriesOfOtherSites_AreLeftOut()
    {
        _site.Page("/sitemap.xml", Sitemap("https://other.example/p", $"http://127.0.0.1:{_site.Port + 1}/p", "not an address", "mailto:a@b.c", _site.Url("/p/1")));

        var targets = await ReadAsync();

        Assert.That(targets.Select(target => target.Url), Is.EqualTo(new[] { _site.Url("/p/1") }));
    }

    [Test]
    public async Task ReadAsync_XmlBreaks_GivesWhatStandsBefore()
    {
        _site.Page("/sitemap.xml", Sitemap(_site.Url("/p/1"), _site.Url("/p/2")).Replace("</urlset>", "<url><loc>"));

        var targets = await ReadAsync();

        Assert.That(targets, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ReadAsync_FileIsABomb_GivesWhatStandsBefore()
    {
        _crawl.Options.MaxSitemapBytes = 1_000_000;
        var bomb = Sitemap(_site.Url("/p/1"), _site.Url("/p/2"), _site.Url("/p/3")).Replace($"<url><loc> {_site.Url("/p/3")}", $"{new string(' ', 20_000_000)}<url><loc> {_site.Url("/p/3")}");
        _site.Page("/robots.txt", $"Sitemap: {_site.Url("/sitemap.xml.gz")}");
        _site.Page("/sitemap.xml.gz", Gzip(bomb));

        var targets = await ReadAsync();

        Assert.That(targets.Select(target => target.Url), Is.EqualTo(new[] { _site.Url("/p/1"), _site.Url("/p/2") }));
    }

    [Test]
    public async Task ReadAsync_EntityBomb_IsNotExpanded()
    {
        _site.Page("/sitemap.xml", "<!DOCTYPE a [<!ENTITY b 'bbbb'>]><urlset><url><loc>&b;</loc></url></urlset>");

        var error = await Assert.ThrowsAsync<TargetPlanningException>(ReadAsync);

        Assert.That(error!.Message, Does.Contain("DTD"));
    }

    [Test]
    public async Task ReadAsync_ImageEntries_AreNoPages()
    {
        var image = $"<image:image><image:loc>{_site.Url("/i.jpg")}</image:loc></image:image>";
        _site.Page("/sitemap.xml", Sitemap(_site.Url("/p/1")).Replace("</url>", image + "</url>"));

        var targets = await ReadAsync();

        Assert.That(targets.Select(target => target.Url), Is.EqualTo(new[] { _site.Url("/p/1") }));
    }

    [Test]
    public async Task ReadAsync_IndexOfItself_Ends()
    {
        _site.Page("/sitemap.xml", Index(_site.Url("/sitemap.xml"), _site.Url("/a.xml")));
        _site.Page("/a.xml", Sitemap(_site.Url("/p/1")));

        var targets = await ReadAsync();

        Assert.That((targets.Count, _site.CountOf("/a.xml")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task ReadAsync_MoreThanTheMaximum_StopsThere()
    {
        _site.Page("/sitemap.xml", Sitemap([.. Enumerable.Range(0, 50).Select(i => _site.Url($"/p/{i}"))]));

        var targets = await ReadAsync(new SitePlan(_site.Root, MaxTargetCount: 7));

        Assert.That(targets, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task ReadAsync_Mirror_GivesOriginalAndCopy()
    {
        _site.Page("/sitemap.xml", Sitemap(_site.Url("/shop.example/p?sku=1&amp;utm_source=x"), _site.Url("/favicon.ico")));

        var targets = await ReadAsync(new SitePlan(_site.Root, IsMirror: true));

        Assert.That(
            targets,
            Is.EqualTo(new[] { new CrawlTarget("https://shop.example/p?sku=1", _site.Url("/shop.example/p?sku=1&utm_source=x")) })
        );
    }

    [TestCase("<lastmod>2026-01-02T03:04:05+01:00</lastmod>", "2026-01-02T02:04:05Z")]
    [TestCase("<lastmod> 2026-01-02T03:04Z </lastmod>", "2026-01-02T03:04:00Z")]
    [TestCase("<lastmod>2026-01-02</lastmod>", "2026-01-03T00:00:00Z")]
    [TestCase("<lastmod>2026</lastmod>", null)]
    [TestCase("<lastmod>yesterday</lastmod>", null)]
    [TestCase("<lastmod/>", null)]
    [TestCase("", null)]
    public async Task ReadAsync_LastModified_IsTheLatestMomentThatItMayMean(string element, string? expected)
    {
        _site.Page("/sitemap.xml", $"<urlset>{element}<url>{element}<loc>{_site.Url("/p/1")}</loc></url><url><loc>{_site.Url("/p/2")}</loc>{element}</url><url><loc>{_site.Url("/p/3")}</loc></url></urlset>");

        var targets = await ReadAsync();

        var changed = expected is null ? (DateTimeOffset?)null : DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture);
        Assert.That(targets.Select(target => target.LastModified), Is.EqualTo(new[] { changed, changed, null }));
    }

    [Test]
    public async Task ReadAsync_Extensions_AreNoPagesOfTheirOwnAndNewsAreLeftOut()
    {
        _site.Page(
            "/sitemap.xml",
            "<urlset xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\" xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\">"
                + $"<url><loc>{_site.Url("/p/1")}</loc><image:image><image:loc>{_site.Url("/p/1.jpg")}</image:loc></image:image></url>"
                + $"<url><loc>{_site.Url("/story")}</loc><news:news><news:title>Story</news:title></news:news></url></urlset>"
        );

        var targets = await ReadAsync();

        Assert.That(targets.Select(target => target.Url), Is.EqualTo(new[] { _site.Url("/p/1") }));
    }

    [Test]
    public async Task ReadAsync_BreaksWithinAnEntry_KeepsItsAddress()
    {
        _site.Page("/sitemap.xml", $"<urlset><url><loc>{_site.Url("/p/1")}</loc></url><url><loc>{_site.Url("/p/2")}</loc><lastmod>2026-0");

        var targets = await ReadAsync();

        Assert.That(targets.Select(target => target.Url), Is.EqualTo(new[] { _site.Url("/p/1"), _site.Url("/p/2") }));
    }

    private Task<List<CrawlTarget>> ReadAsync() => ReadAsync(new SitePlan(_site.Root));

    private async Task<List<CrawlTarget>> ReadAsync(SitePlan site)
    {
        using var fetcher = _crawl.Fetchers.Create(throttle: null);
        var targets = new List<CrawlTarget>();
        await foreach (var target in _crawl.Sitemaps.ReadAsync(site, _ => true, fetcher, CancellationToken.None))
        {
            targets.Add(target);
        }

        return targets;
    }

    private static string Index(params string[] addresses) =>
        $"<?xml version=\"1.0\"?><sitemapindex>{string.Concat(addresses.Select(a => $"<sitemap><loc>{a}</loc></sitemap>"))}</sitemapindex>";

    private static string Sitemap(params string[] addresses) =>
        "\r\n<?xml version=\"1.0\" encoding=\"UTF-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""
        + " xmlns:image=\"http://www.google.com/schemas/sitemap-image/1.1\">"
        + string.Concat(addresses.Select(a => $"<url><loc> {a} </loc></url>"))
        + "</urlset>";

    private static byte[] Gzip(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text.Trim()));
        }

        return buffer.ToArray();
    }
}
