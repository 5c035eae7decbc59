using System.Text;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Render;

/// <summary>
/// A hostile page tries every way a browser has into the inner network. Each test has its counterpart in the same page with the
/// inner server allowed, so that a way that leads nowhere by mistake proves nothing.
/// </summary>
[NeedsBrowser]
public sealed class RenderGuardTests
{
    /// <summary>What a page can do beside loading what is loaded; INNER is the inner server's authority.</summary>
    public const string Attack = """
        <!doctype html><html><head>
        <link rel=dns-prefetch href="http://INNER/"><link rel=preconnect href="http://INNER/"><link rel=prefetch href="http://INNER/prefetch">
        <link rel=stylesheet href="http://INNER/style"><link rel=manifest href="http://INNER/manifest"><link rel=icon href="http://INNER/icon">
        <script type=speculationrules>{"prerender": [{"urls": ["http://INNER/prerender"], "eagerness": "immediate"}], "prefetch": [{"urls": ["http://INNER/speculate"], "eagerness": "immediate"}]}</script>
        </head><body>
        <script src="http://INNER/script"></script><img src="http://INNER/image"><iframe src="http://INNER/frame"></iframe>
        <iframe srcdoc="<script src='http://INNER/srcdoc'></script>"></iframe>
        <object data="http://INNER/object"></object><video src="http://INNER/video" autoplay></video>
        <form id=f method=post action="http://INNER/form" target=w><input name=a value=b></form>
        <script>
        const go = action => { try { action(); } catch { } };
        go(() => fetch('http://INNER/fetch', {mode: 'no-cors'}));
        go(() => fetch('/redirect').catch(() => 0));
        go(() => { const x = new XMLHttpRequest(); x.open('GET', 'http://INNER/xhr'); x.send(); });
        go(() => new WebSocket('ws://INNER/socket'));
        go(() => new EventSource('http://INNER/events'));
        go(() => navigator.sendBeacon('http://INNER/beacon', 'x'));
        go(() => fetch('http://INNER/keepalive', {mode: 'no-cors', keepalive: true}));
        go(() => new Worker(URL.createObjectURL(new Blob(["fetch('http://INNER/worker', {mode: 'no-cors'}); new WebSocket('ws://INNER/workersocket');"]))));
        go(() => window.open('http://INNER/window'));
        go(() => document.getElementById('f').submit());
        go(() => navigator.serviceWorker.register('/sw.js'));
        go(() => new WebTransport('https://INNER/transport'));
        go(() => { const p = new RTCPeerConnection({iceServers: [{urls: 'turn:INNER?transport=tcp', username: 'a', credential: 'b'}]}); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o)); });
        </script></body></html>
        """;

    private HostileSite _shop = null!;
    private CountingServer _inner = null!;

    [SetUp]
    public void SetUp() => (_shop, _inner) = (new HostileSite(), new CountingServer());

    [TearDown]
    public async Task TearDown()
    {
        await _shop.DisposeAsync();
        await _inner.DisposeAsync();
    }

    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [TestCase("rebinding.example", Description = "a public name that resolves to loopback")]
    [TestCase("2130706433")]
    [TestCase("[::ffff:127.0.0.1]")]
    public async Task RenderAsync_PageAttacksTheInnerNetwork_ReachesNothing(string host)
    {
        await using var fixture = new RenderFixture(allowed: $"127.0.0.0/8:{_shop.Port}");

        var result = await AttackAsync(fixture, $"{host}:{_inner.Port}");

        Assert.Multiple(() =>
        {
            Assert.That(result.Failure, Is.Null);
            Assert.That(_shop.CountOf("/redirect"), Is.EqualTo(1), "the page's scripts ran");
            Assert.That(_inner.Paths, Is.Empty);
            Assert.That(_inner.ConnectionCount, Is.Zero);
        });
    }

    [Test]
    public async Task RenderAsync_TheSameWithTheInnerServerAllowed_ReachesItByWhatIsLoaded()
    {
        await using var fixture = new RenderFixture(allowed: "127.0.0.0/8");

        await AttackAsync(fixture, $"127.0.0.1:{_inner.Port}");

        Assert.That(_inner.Paths, Is.SupersetOf((string[])["/script", "/style", "/fetch", "/xhr", "/socket", "/worker", "/redirected"]));
    }

    [Test]
    public async Task RenderAsync_MetadataAddress_IsRefusedAtTheProxy()
    {
        await using var fixture = new RenderFixture(allowed: $"127.0.0.0/8:{_shop.Port}");

        var result = await fixture.RenderAsync(
            "<!doctype html><p id=a>waiting</p><script>fetch('http://169.254.169.254/latest/meta-data/').then(r => a.textContent = 'status ' + r.status, e => a.textContent = 'failed')</script>",
            _shop.Root.AbsoluteUri
        );

        Assert.That(Encoding.UTF8.GetString(result.Html.Span), Does.Contain("failed"));
    }

    private Task<RenderResult> AttackAsync(RenderFixture fixture, string inner)
    {
        _shop.Redirect("/redirect", $"http://{inner}/redirected");
        return fixture.RenderAsync(Attack.Replace("INNER", inner, StringComparison.Ordinal), _shop.Root.AbsoluteUri);
    }
}
