using System.Net;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Render;

/// <summary>A real Playwright server by <c>ws://</c>: it renders, it obeys the guard, and its faults end as states of pages.</summary>
[NeedsBrowser]
public sealed class PlaywrightServerTests
{
    private const string Shell = "<!doctype html><p id=a>empty</p><script>fetch('/data').then(r => r.text()).then(t => a.textContent = t, () => a.textContent = 'failed')</script>";

    private static readonly string Secret = Convert.ToBase64String(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"));

    private HostileSite _site = null!;

    [SetUp]
    public void SetUp()
    {
        _site = new HostileSite();
        _site.Page("/data", "from the site");
    }

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [TestCase("127.0.0.0/8", ExpectedResult = "from the site")]
    [TestCase(null, ExpectedResult = "", Description = "the guard holds for it, too")]
    public async Task<string> RenderAsync_ProxyOfItsOwn_IsUsedWithTheSharedSecret(string? allowed)
    {
        await using var server = await PlaywrightServer.StartAsync();
        await using var beside = await RenderProxy.StartAsync(Secret, allowed);
        await using var worker = Worker(server.Address, beside.Address, allowed: null);

        return Shown(await worker.RenderAsync(Shell, _site.Root.AbsoluteUri));
    }

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [TestCase("rebinding.example", Description = "a public name that resolves to loopback")]
    public async Task RenderAsync_PageAttacksTheInnerNetwork_ReachesNothing(string host)
    {
        await using var inner = new CountingServer();
        await using var server = await PlaywrightServer.StartAsync();
        await using var beside = await RenderProxy.StartAsync(Secret, $"127.0.0.0/8:{_site.Port}");
        await using var worker = Worker(server.Address, beside.Address, allowed: null);
        _site.Redirect("/redirect", $"http://{host}:{inner.Port}/redirected");

        var result = await worker.RenderAsync(RenderGuardTests.Attack.Replace("INNER", $"{host}:{inner.Port}", StringComparison.Ordinal), _site.Root.AbsoluteUri);

        Assert.Multiple(() =>
        {
            Assert.That(result.Failure, Is.Null);
            Assert.That(_site.CountOf("/redirect"), Is.EqualTo(1), "the page's scripts ran");
            Assert.That((inner.ConnectionCount, string.Join(' ', inner.Paths)), Is.EqualTo((0, "")));
        });
    }

    [Test]
    public async Task RenderAsync_ScriptThatNeverEnds_TimesOutAndTheNextPageIsGood()
    {
        await using var server = await PlaywrightServer.StartAsync();
        await using var worker = Worker(server.Address, change: options => (options.Timeout, options.SettleTimeout) = (TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1)));

        var stuck = await worker.RenderAsync("<!doctype html><script>for (;;) {}</script>", _site.Root.AbsoluteUri);
        var next = await worker.RenderAsync(Shell, _site.Root.AbsoluteUri);

        Assert.That((stuck.Failure?.Reason, Shown(next)), Is.EqualTo((FetchReasons.TimedOut, "from the site")));
    }

    [Test]
    public async Task CrawlAsync_ServerGoesAway_PagesFailWithTheReasonAndTheRunGoesOn()
    {
        var server = await PlaywrightServer.StartAsync();
        await using var worker = Worker(server.Address);
        _site.Page("/plain", "<!doctype html><p>plain</p>");
        _site.Page("/shell", "<!doctype html><div id=root></div><script src=/app.js></script>");
        var before = await worker.RenderAsync(Shell, _site.Root.AbsoluteUri);
        await server.DisposeAsync();

        var pages = await CrawlAsync(worker, "/shell", "/plain", "/shell?2");

        Assert.Multiple(() =>
        {
            Assert.That((Shown(before), worker.Health.Problem), Is.EqualTo(("from the site", "The browser at Render:Endpoint does not answer, or does not start; the log says why.")));
            Assert.That(pages.Select(page => page.FailureReason), Is.EqualTo((string?[])[FetchReasons.RenderUnavailable, null, FetchReasons.NotFound]));
            Assert.That(pages[0].FailureDetail, Does.Contain("Render:Endpoint"));
        });
    }

    [Test]
    public async Task RenderAsync_ServerIsBack_IsUsedAgain()
    {
        var first = await PlaywrightServer.StartAsync();
        var port = new Uri(first.Address).Port;
        await using var worker = Worker(first.Address);
        await worker.RenderAsync(Shell, _site.Root.AbsoluteUri);
        await first.DisposeAsync();
        await using var second = await PlaywrightServer.StartAsync(port);

        var result = await worker.RenderAsync(Shell, _site.Root.AbsoluteUri);

        Assert.That((Shown(result), worker.Health.Problem), Is.EqualTo(("from the site", default(string))));
    }

    [Test]
    public async Task RenderAsync_ServerOfAnotherVersion_SaysSo()
    {
        await using var server = new HostileSite();
        server.Map("/", HostileSite.Status(428, "Connection: close\r\n", "Playwright version mismatch:\n  - server version: v1.20\n  - client version: v1.64\n"));
        await using var worker = Worker($"ws://127.0.0.1:{server.Port}/");

        var result = await worker.RenderAsync(Shell, _site.Root.AbsoluteUri);

        Assert.That((result.Failure?.Reason, result.Failure?.Detail), Is.EqualTo((FetchReasons.RenderUnavailable, "The Playwright server at Render:Endpoint is of another version than the app's 1.64: run the same.")));
    }

    private static RenderFixture Worker(string endpoint, string? proxy = null, string? allowed = "127.0.0.0/8", Action<RenderOptions>? change = null) =>
        new(
            options =>
            {
                (options.Endpoint, options.ExecutablePath, options.Sandbox) = (endpoint, BrowserPlaces.Find(new RenderOptions())!, false);
                (options.ProxyAddress, options.ProxySecret) = proxy is null ? ("", "") : (proxy, Secret);
                change?.Invoke(options);
            },
            allowed
        );

    private async Task<List<FetchedPage>> CrawlAsync(RenderFixture worker, params string[] paths)
    {
        var pages = new List<FetchedPage>();
        var result = await worker.Batches.CrawlAsync(
            new BatchCrawlRequest
            {
                Frontier = CrawlFrontier.Start([.. paths.Select(path => new CrawlTarget(_site.Url(path)))]),
                DeadlineUtc = DateTimeOffset.UtcNow.AddMinutes(5),
                Render = new RenderWish(RenderMode.Auto, _ => new PageYield(HasObjects: false, OfferParts.None)),
            },
            (page, _) =>
            {
                pages.Add(page);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None
        );
        Assert.That(result.End, Is.EqualTo(BatchCrawlEnd.Completed));
        return pages;
    }

    private static string Shown(RenderResult result)
    {
        var html = Encoding.UTF8.GetString(result.Html.Span);
        var start = html.IndexOf("<p id=\"a\">", StringComparison.Ordinal) + "<p id=\"a\">".Length;
        return result.Failure?.Detail ?? html[start..html.IndexOf("</p>", start, StringComparison.Ordinal)];
    }

    /// <summary>The guarding proxy as <c>marketline render-proxy</c> runs it.</summary>
    private sealed class RenderProxy(RenderFixture fixture, CancellationTokenSource stop, Task serving, string address) : IAsyncDisposable
    {
        public string Address => address;

        public static async Task<RenderProxy> StartAsync(string secret, string? allowed)
        {
            var fixture = new RenderFixture(options => options.ProxySecret = secret, allowed);
            var stop = new CancellationTokenSource();
            var listening = new TaskCompletionSource<IPEndPoint>();
            var serving = fixture.ProxyServer.RunAsync(new IPEndPoint(IPAddress.Loopback, 0), listening.SetResult, stop.Token);
            return new RenderProxy(fixture, stop, serving, $"http://{await listening.Task}");
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await serving;
            await fixture.DisposeAsync();
            stop.Dispose();
        }
    }
}
