using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Render;

/// <summary>With a real browser and a real site on this machine.</summary>
[NeedsBrowser]
public sealed class PageRendererTests
{
    private HostileSite _site = null!;

    [SetUp]
    public void SetUp() => _site = new HostileSite();

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [Test]
    public async Task RenderAsync_ShellWithScriptAndData_HasWhatTheyBuilt()
    {
        await using var fixture = new RenderFixture();
        _site.Page("/app.js", "fetch('/api/item').then(r => r.json()).then(i => document.getElementById('root').innerHTML = '<h1>' + i.name + '</h1>');");
        _site.Page("/api/item", """{"name": "Čajník 12,50 €"}""");

        var result = await RenderAsync(fixture, "<!doctype html><div id=root></div><script src=/app.js></script>");

        Assert.Multiple(() =>
        {
            Assert.That(result.Failure, Is.Null);
            Assert.That(Html(result), Does.StartWith("<!DOCTYPE html>").And.Contain("<h1>Čajník 12,50 €</h1>"));
            Assert.That(result.SiteDataRequestCount, Is.EqualTo(1));
            Assert.That(_site.CountOf("/"), Is.Zero, "the document is not fetched again");
        });
    }

    [Test]
    public async Task RenderAsync_PicturesFontsMediaAndFrames_AreNotLoaded()
    {
        await using var fixture = new RenderFixture();
        const string page = """
            <!doctype html><link rel=stylesheet href=/style.css>
            <link rel=preload as=font href=/a.woff2 crossorigin><link rel=preload as=image href=/b.png>
            <img src=/c.png><video src=/d.mp4 autoplay></video><audio src=/e.mp3 autoplay></audio><iframe src=/frame.html></iframe>
            <object data=/f.html></object><embed src=/g.html>
            <script>new Image().src = '/h.png'; new EventSource('/i'); navigator.sendBeacon('/j', 'x'); fetch('/done');</script>
            """;

        await RenderAsync(fixture, page);

        Assert.That(_site.Requests, Is.EquivalentTo((string[])["/style.css", "/done"]));
    }

    [Test]
    public async Task RenderAsync_TwoPages_ShareNoCookiesAndNoStorage()
    {
        await using var fixture = new RenderFixture();
        await RenderAsync(fixture, "<!doctype html><script>document.cookie = 'a=1'; localStorage.setItem('a', '1'); document.title = document.cookie + localStorage.getItem('a');</script>");

        var second = await RenderAsync(fixture, "<!doctype html><title>none</title><script>document.title = 'cookie:' + document.cookie + ' storage:' + localStorage.getItem('a');</script>");

        Assert.That(Html(second), Does.Contain("<title>cookie: storage:null</title>"));
    }

    [Test]
    public async Task RenderAsync_ScriptThatNeverEnds_TimesOutAndTheNextPageIsGood()
    {
        await using var fixture = new RenderFixture(options => (options.Timeout, options.SettleTimeout) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(1)));

        var stuck = await RenderAsync(fixture, "<!doctype html><script>while (true) {}</script>");
        var next = await RenderAsync(fixture, "<!doctype html><p>good</p>");

        Assert.Multiple(() =>
        {
            Assert.That(stuck.Failure?.Reason, Is.EqualTo(FetchReasons.TimedOut));
            Assert.That(Html(next), Does.Contain("<p>good</p>"));
        });
    }

    [Test]
    public async Task RenderAsync_PartThatNeverComes_IsTakenAsItIs()
    {
        await using var fixture = new RenderFixture(options => (options.Timeout, options.SettleTimeout) = (TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1)));
        _site.Map("/slow", HostileSite.Silence);

        var result = await RenderAsync(fixture, "<!doctype html><p>here</p><script>fetch('/slow')</script>");

        Assert.That(Html(result), Does.Contain("<p>here</p>"));
    }

    [Test]
    public async Task RenderAsync_ScriptsFillTheHeap_FailsAsCrashedAndTheNextPageIsGood()
    {
        await using var fixture = new RenderFixture(options => options.MaxHeapMegabytes = 32);

        var greedy = await RenderAsync(fixture, "<!doctype html><script>const all = []; while (true) { all.push(new Array(100000).fill(1.5)); }</script>");
        var next = await RenderAsync(fixture, "<!doctype html><p>good</p>");

        Assert.Multiple(() =>
        {
            Assert.That(greedy.Failure?.Reason, Is.EqualTo(FetchReasons.RenderCrashed));
            Assert.That(Html(next), Does.Contain("<p>good</p>"));
        });
    }

    [Test]
    public async Task RenderAsync_BrowserAboveItsMemory_IsEndedAndThePageFails()
    {
        await using var fixture = new RenderFixture(options => options.MaxBrowserMegabytes = 256);
        _site.Map("/slow", HostileSite.Silence);

        var result = await RenderAsync(fixture, "<!doctype html><script>window.all = []; for (let i = 0; i < 12; i++) all.push(new Uint8Array(64e6).fill(1));</script><script src=/slow></script>");

        Assert.That(result.Failure?.Reason, Is.EqualTo(FetchReasons.RenderCrashed));
    }

    [Test]
    public async Task RenderAsync_BrowserKilledMeanwhile_TriesAgainInANewOne()
    {
        await using var fixture = new RenderFixture();
        var killed = 0;
        _site.Map("/app.js", async (stream, token) =>
        {
            if (Interlocked.Exchange(ref killed, fixture.Browsers.ProcessId ?? -1) == 0)
            {
                using var browser = System.Diagnostics.Process.GetProcessById(killed);
                browser.Kill(entireProcessTree: true);
            }

            await HostileSite.Status(200, "Content-Type: text/javascript\r\n", "document.title='built'")(stream, token);
        });

        var result = await RenderAsync(fixture, "<!doctype html><title>empty</title><script src=/app.js></script>");

        Assert.Multiple(() =>
        {
            Assert.That(Html(result), Does.Contain("<title>built</title>"));
            Assert.That(_site.CountOf("/app.js"), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task RenderAsync_BrowserHasHadItsPages_IsReplaced()
    {
        await using var fixture = new RenderFixture(options => options.PagesPerBrowser = 2);
        var processes = new List<int?>();

        for (var page = 0; page < 4; page++)
        {
            await RenderAsync(fixture, "<!doctype html><p>page</p>");
            processes.Add(fixture.Browsers.ProcessId);
        }

        Assert.That(processes.Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task RenderAsync_ManyPagesAtOnce_AreBoundedAndAllGood()
    {
        await using var fixture = new RenderFixture(options => options.MaxConcurrency = 2);
        _site.Page("/data", "x");

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(page => RenderAsync(fixture, $"<!doctype html><script>fetch('/data').then(() => document.title = 'page {page}')</script>")));

        Assert.Multiple(() =>
        {
            Assert.That(results.Select((result, page) => Html(result).Contains($"<title>page {page}</title>", StringComparison.Ordinal)), Has.All.True);
            Assert.That(_site.MostUnderWay, Is.LessThanOrEqualTo(2));
        });
    }

    [Test]
    public async Task RenderAsync_PageLoadsTooMuch_FailsAsTooLarge()
    {
        await using var fixture = new RenderFixture(options => options.MaxPageBytes = 200_000);
        _site.Page("/big", new string('x', 1_000_000));

        var result = await RenderAsync(fixture, "<!doctype html><script>fetch('/big')</script>");

        Assert.That(result.Failure?.Reason, Is.EqualTo(FetchReasons.TooLarge));
    }

    [Test]
    public async Task RenderAsync_HtmlGrowsTooLarge_FailsAsTooLarge()
    {
        await using var fixture = new RenderFixture();

        var result = await RenderAsync(fixture, "<!doctype html><body><script>document.body.append('x'.repeat(2000000))</script>");

        Assert.That(result.Failure?.Reason, Is.EqualTo(FetchReasons.TooLarge));
    }

    [Test]
    public async Task RenderAsync_ScriptsGoOnToAnotherPage_SaysWhereAndFetchesNothing()
    {
        await using var fixture = new RenderFixture();

        var result = await RenderAsync(fixture, "<!doctype html><script>location.href = '/product?color=red'</script>");

        Assert.Multiple(() =>
        {
            Assert.That(result.GoesOnTo?.AbsoluteUri, Is.EqualTo(_site.Url("/product?color=red")));
            Assert.That(_site.Requests, Is.Empty);
        });
    }

    [Test]
    public async Task RenderAsync_MoreRequestsThanAllowed_LoadsNoMore()
    {
        await using var fixture = new RenderFixture(options => options.MaxRequestsPerPage = 3);
        _site.Page("/data", "x");

        await RenderAsync(fixture, "<!doctype html><script>for (let i = 0; i < 10; i++) fetch('/data?' + i)</script>");

        Assert.That(_site.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task RenderAsync_PartThatMayNotBeLoaded_IsNotRequested()
    {
        await using var fixture = new RenderFixture();

        await fixture.RenderAsync("<!doctype html><script src=/a.js></script><script src=/private/b.js></script>", _site.Root.AbsoluteUri, part => !part.AbsolutePath.StartsWith("/private", StringComparison.Ordinal));

        Assert.That(_site.Requests, Is.EqualTo((string[])["/a.js"]));
    }

    [Test]
    public async Task RenderAsync_NoBrowserOnTheMachine_SaysWhatToDo()
    {
        await using var fixture = new RenderFixture(options => options.ExecutablePath = "/nowhere/chromium");

        var result = await RenderAsync(fixture, "<!doctype html><p>x</p>");

        Assert.Multiple(() =>
        {
            Assert.That(result.Failure?.Reason, Is.EqualTo(FetchReasons.RenderUnavailable));
            Assert.That(result.Failure?.Detail, Does.Contain("apt-get install chromium"));
        });
    }

    private Task<RenderResult> RenderAsync(RenderFixture fixture, string html) => fixture.RenderAsync(html, _site.Root.AbsoluteUri);

    private static string Html(RenderResult result) => Encoding.UTF8.GetString(result.Html.Span);
}
