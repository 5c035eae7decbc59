using Marketline.Core.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class SiteCookiesTests
{
    private HostileSite _site = null!;
    private CrawlFixture _crawl = null!;

    [SetUp]
    public void SetUp() => (_site, _crawl) = (new HostileSite(), new CrawlFixture());

    [TearDown]
    public async Task TearDownAsync()
    {
        _crawl.Dispose();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task FetchAsync_SiteShowsThePageToThoseWithItsCookie_IsRead()
    {
        _site.InTurn("/p", HostileSite.Status(302, "Location: /p\r\nSet-Cookie: seen=1; Path=/\r\n"), HostileSite.Status(200, body: "the page"));

        var page = await _crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.Body.Length, Is.EqualTo(8));
        Assert.That(_site.LastHead, Does.Contain("Cookie: seen=1\r\n"));
    }

    [Test]
    public async Task FetchAsync_AnotherLeaseOfTheSite_BringsNoCookie()
    {
        _site.Page("/p", "x", "Set-Cookie: tenant=secret\r\n");
        await _crawl.FetchAsync(_site.Url("/p"));

        await _crawl.FetchAsync(_site.Url("/p"));

        Assert.That(_site.LastHead, Does.Not.Contain("Cookie"));
    }

    [TestCase("Set-Cookie: ;;;=\r\n")]
    [TestCase("Set-Cookie: a=1; Domain=other.example\r\n")]
    [TestCase("Set-Cookie: a=1; Path=/elsewhere\r\n")]
    [TestCase("Set-Cookie: a=1; Max-Age=0\r\n")]
    public async Task FetchAsync_CookieThatIsNotForThePage_IsNotSent(string header)
    {
        _site.Page("/p", "x", header);
        using var fetcher = _crawl.Fetchers.Create(throttle: null);
        await fetcher.FetchAsync(new CrawlTarget(_site.Url("/p")), CancellationToken.None);

        var page = await fetcher.FetchAsync(new CrawlTarget(_site.Url("/p")), CancellationToken.None);

        Assert.That(page.FailureReason, Is.Null);
        Assert.That(_site.LastHead, Does.Not.Contain("Cookie"));
    }

    [Test]
    public async Task FetchAsync_ThousandCookies_AreNoTrouble()
    {
        _site.Page("/p", "x", string.Concat(Enumerable.Range(0, 500).Select(i => $"Set-Cookie: c{i}={i}\r\n")));
        using var fetcher = _crawl.Fetchers.Create(throttle: null);
        await fetcher.FetchAsync(new CrawlTarget(_site.Url("/p")), CancellationToken.None);

        await fetcher.FetchAsync(new CrawlTarget(_site.Url("/p")), CancellationToken.None);

        Assert.That(_site.LastHead.Length, Is.LessThan(3_000));
    }
}
