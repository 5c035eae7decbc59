using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Render;

/// <summary>What breaks a browser ends as a state with a reason, the next page is good, and nothing is left behind.</summary>
[NeedsBrowser]
public sealed class RenderFaultTests
{
    private const string Good = "<!doctype html><p>waiting</p><script>fetch('/data').then(r => r.text()).then(t => document.querySelector('p').textContent = t)</script>";

    private HostileSite _site = null!;

    [SetUp]
    public void SetUp()
    {
        _site = new HostileSite();
        _site.Page("/data", "good");
        _site.Map("/silence", HostileSite.Silence);
        _site.Map("/endless", EndlessAsync);
    }

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [TestCase("<script>const all = []; while (true) all.push(new Array(100000).fill(1.5));</script>", FetchReasons.RenderCrashed, Description = "fills its heap")]
    [TestCase("<script>window.all = []; setInterval(() => all.push(new Uint8Array(64e6).fill(1)), 10);</script><script src=/silence></script>", FetchReasons.RenderCrashed, Description = "fills memory past its heap")]
    [TestCase("<script>for (;;) {}</script>", FetchReasons.TimedOut, Description = "never stops running")]
    [TestCase("<script>fetch('/endless')</script>", FetchReasons.TooLarge, Description = "never stops loading")]
    [TestCase("<script src=/silence></script>", null, Description = "waits for a script that never comes: taken as it is")]
    [TestCase("<script>setInterval(() => fetch('/data'), 20)</script>", null, Description = "never stops asking: taken as it is")]
    [TestCase("<script>location.reload()</script>", null, Description = "loads itself again and again")]
    [TestCase("<script>for (let i = 0; i < 5; i++) open('/data?' + i)</script>", null, Description = "opens windows")]
    public async Task RenderAsync_HostilePage_EndsWithAReasonAndTheNextIsGood(string html, string? reason)
    {
        await using var fixture = new RenderFixture(Bounds);

        var hostile = await RenderAsync(fixture, "<!doctype html><p>hostile</p>" + html);
        var next = await RenderAsync(fixture, Good);

        Assert.Multiple(() =>
        {
            Assert.That(hostile.Failure?.Reason, Is.EqualTo(reason));
            Assert.That(Html(next), Does.Contain("<p>good</p>"));
            Assert.That(fixture.Browsers.ContextCount, Is.Zero);
        });
    }

    [Test]
    public async Task RenderAsync_BrowserKilledEachTime_FailsAsCrashedAndTheNextIsGood()
    {
        await using var fixture = new RenderFixture(Bounds);
        _site.Map("/kill", async (stream, token) =>
        {
            using var browser = Process.GetProcessById(fixture.Browsers.ProcessId!.Value);
            browser.Kill(entireProcessTree: true);
            await HostileSite.Status(200)(stream, token);
        });

        var killed = await RenderAsync(fixture, "<!doctype html><script src=/kill></script>");
        var next = await RenderAsync(fixture, Good);

        Assert.Multiple(() =>
        {
            Assert.That(killed.Failure?.Reason, Is.EqualTo(FetchReasons.RenderCrashed));
            Assert.That(_site.CountOf("/kill"), Is.EqualTo(2), "it was tried once more");
            Assert.That(Html(next), Does.Contain("<p>good</p>"));
        });
    }

    [Test]
    public async Task RenderAsync_ManyPagesGoodAndBad_LeaveNoContextAndNoProcess()
    {
        var fixture = new RenderFixture(options =>
        {
            Bounds(options);
            options.PagesPerBrowser = 12;
        });
        await RenderAsync(fixture, Good);
        var first = await fixture.Browsers.ProcessIdsAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(page => RenderAsync(fixture, page % 10 == 9 ? "<!doctype html><script>for (;;) {}</script>" : Good)));
        var contextCount = fixture.Browsers.ContextCount;
        await RenderAsync(fixture, Good);
        var last = await fixture.Browsers.ProcessIdsAsync();
        await fixture.DisposeAsync();

        Assert.Multiple(() =>
        {
            Assert.That(results.Count(result => result.Failure is null), Is.EqualTo(36));
            Assert.That(contextCount, Is.Zero);
            Assert.That(last, Is.Not.EquivalentTo(first), "the browser was replaced");
            Assert.That(last, Has.Length.LessThanOrEqualTo(first.Length + 1), "and has no more processes than the first one; a spare renderer comes and goes");
            Assert.That(first.Concat(last).Where(IsRunning), Is.Empty);
        });
    }

    private static void Bounds(RenderOptions options)
    {
        (options.Timeout, options.SettleTimeout) = (TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1));
        (options.MaxHeapMegabytes, options.MaxBrowserMegabytes, options.MaxPageBytes) = (64, 700, 1_000_000);
    }

    private Task<RenderResult> RenderAsync(RenderFixture fixture, string html) => fixture.RenderAsync(html, _site.Root.AbsoluteUri);

    private static string Html(RenderResult result) => Encoding.UTF8.GetString(result.Html.Span);

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static async Task EndlessAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"u8.ToArray(), cancellationToken);
        var block = new byte[16_384];
        while (true)
        {
            await stream.WriteAsync(block, cancellationToken);
        }
    }
}
