using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Render;

/// <summary>Cookies between the crawler and the browser that renders its pages: one site's, for one lease.</summary>
[NeedsBrowser]
public sealed class RenderCookiesTests
{
    private readonly ConcurrentDictionary<string, string> _sent = new();
    private HostileSite _site = null!;

    [SetUp]
    public void SetUp()
    {
        _sent.Clear();
        _site = new HostileSite();
        foreach (var path in new[] { "/data", "/next", "/strange" })
        {
            Answer(path, "ok");
        }
    }

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [Test]
    public async Task FetchAsync_PageSetsCookies_ItsScriptsBringThemBack()
    {
        Answer("/p", "<!doctype html><script>document.title = document.cookie; fetch('/data')</script>", "Set-Cookie: session=s1; HttpOnly\r\nSet-Cookie: shop=eu; Domain=shop.example; Path=/\r\n");
        await using var fixture = new RenderFixture();
        using var fetcher = fixture.Fetchers.Create(throttle: null, render: RenderWish.Always);

        var page = await FetchAsync(fetcher, "/p");

        Assert.Multiple(() =>
        {
            Assert.That(Cookies("/data"), Is.EquivalentTo((string[])["session=s1", "shop=eu"]));
            Assert.That(Encoding.UTF8.GetString(page.Body.Span), Does.Contain("<title>shop=eu</title>"), "scripts do not see what is HttpOnly");
        });
    }

    [Test]
    public async Task FetchAsync_ScriptsAndTheirDataSetCookies_TheNextPageIsAskedForWithThem()
    {
        Answer("/p", "<!doctype html><script>document.cookie = 'age=18; path=/'; fetch('/data')</script>", "Set-Cookie: session=s1; Path=/\r\n");
        Answer("/data", "ok", "Set-Cookie: session=s2; Path=/; HttpOnly\r\nSet-Cookie: deep=1; Path=/deep\r\n");
        await using var fixture = new RenderFixture();
        using var fetcher = fixture.Fetchers.Create(throttle: null, render: RenderWish.Always);

        await FetchAsync(fetcher, "/p");
        await FetchAsync(fetcher, "/next");

        Assert.That(Cookies("/next"), Is.EquivalentTo((string[])["age=18", "session=s2"]));
    }

    [Test]
    public async Task FetchAsync_AnotherSiteSetsCookies_TheyAreNotKept()
    {
        Answer("/p", $"<!doctype html><script>fetch('http://stranger.example:{_site.Port}/strange', {{credentials: 'include', mode: 'no-cors'}})</script>", "Set-Cookie: session=s1; Path=/\r\n");
        Answer("/strange", "ok", "Set-Cookie: track=1; Path=/\r\n");
        await using var fixture = new RenderFixture();
        using var fetcher = fixture.Fetchers.Create(throttle: null, render: RenderWish.Always);

        await FetchAsync(fetcher, "/p");
        await FetchAsync(fetcher, "/next");

        Assert.That((Cookies("/strange"), Cookies("/next")), Is.EqualTo(((string[])[], (string[])["session=s1"])).AsCollection);
    }

    [Test]
    public async Task FetchAsync_AnotherLease_BringsNone()
    {
        Answer("/p", "<!doctype html><script>document.cookie = 'age=18; path=/'</script>");
        await using var fixture = new RenderFixture();
        using (var first = fixture.Fetchers.Create(throttle: null, render: RenderWish.Always))
        {
            await FetchAsync(first, "/p");
        }

        using var second = fixture.Fetchers.Create(throttle: null, render: RenderWish.Always);
        await FetchAsync(second, "/next");

        Assert.That(Cookies("/next"), Is.Empty);
    }

    [Test]
    public async Task FetchAsync_ScriptsSetACookieAndGoOn_TheOtherPageIsAskedForWithIt()
    {
        Answer("/p", "<!doctype html><script>document.cookie = 'passed=1; path=/'; location.href = '/next'</script>");
        await using var fixture = new RenderFixture();
        using var fetcher = fixture.Fetchers.Create(throttle: null, render: RenderWish.Always);

        await FetchAsync(fetcher, "/p");

        Assert.That(Cookies("/next"), Is.EqualTo((string[])["passed=1"]));
    }

    private Task<FetchedPage> FetchAsync(PageFetcher fetcher, string path) =>
        fetcher.FetchAsync(new CrawlTarget($"http://shop.example:{_site.Port}{path}"), CancellationToken.None);

    private void Answer(string path, string body, string headers = "") =>
        _site.Map(path, async (NetworkStream stream, CancellationToken token) =>
        {
            _sent[path] = _site.LastHead;
            await HostileSite.Status(200, "Content-Type: text/html\r\n" + headers, body)(stream, token);
        });

    private string[] Cookies(string path) =>
        [.. _sent[path].Split("\r\n").Where(line => line.StartsWith("Cookie: ", StringComparison.OrdinalIgnoreCase)).SelectMany(line => line["Cookie: ".Length..].Split("; "))];
}
