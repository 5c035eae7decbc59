using System.Diagnostics;
using System.Net;
using System.Text;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Render;

/// <summary>A browser that runs by itself, and a guarding proxy that does: how both are set up where the workers have none.</summary>
[NeedsBrowser]
public sealed class RemoteBrowserTests
{
    private const string Shell = "<!doctype html><p id=a>empty</p><script>fetch('/data').then(r => r.text()).then(t => a.textContent = t, () => a.textContent = 'failed')</script>";

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
    public async Task<string> RenderAsync_BrowserByItsDevToolsAddress_GoesThroughTheProxyOfTheWorker(string? allowed)
    {
        using var folder = new TemporaryFolder();
        using var browser = await StartBrowserAsync(folder.FullPath);
        try
        {
            await using var fixture = new RenderFixture(options => options.Endpoint = browser.Address, allowed);

            return Shown(await fixture.RenderAsync(Shell, _site.Root.AbsoluteUri));
        }
        finally
        {
            browser.Process.Kill(entireProcessTree: true);
            await browser.Process.WaitForExitAsync();
        }
    }

    [TestCase("127.0.0.0/8", ExpectedResult = "from the site")]
    [TestCase(null, ExpectedResult = "")]
    public async Task<string> RenderAsync_ProxyOfItsOwn_IsUsedWithTheSharedSecret(string? allowed)
    {
        var secret = Convert.ToBase64String(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef"));
        using var stop = new CancellationTokenSource();
        await using var beside = new RenderFixture(options => options.ProxySecret = secret, allowed);
        var listening = new TaskCompletionSource<IPEndPoint>();
        var serving = beside.ProxyServer.RunAsync(new IPEndPoint(IPAddress.Loopback, 0), listening.SetResult, stop.Token);
        var address = $"http://{await listening.Task}";
        await using var worker = new RenderFixture(options => (options.ProxyAddress, options.ProxySecret) = (address, secret), allowed: null);

        var result = await worker.RenderAsync(Shell, _site.Root.AbsoluteUri);

        await stop.CancelAsync();
        await serving;
        return Shown(result);
    }

    [Test]
    public async Task RenderAsync_NothingAtTheEndpoint_SaysSo()
    {
        await using var fixture = new RenderFixture(options => options.Endpoint = "http://127.0.0.1:1");

        var result = await fixture.RenderAsync(Shell, _site.Root.AbsoluteUri);

        Assert.That((result.Failure?.Reason, result.Failure?.Detail), Is.EqualTo(("render-unavailable", "The browser at Render:Endpoint does not answer, or does not start; the log says why.")));
    }

    private static string Shown(RenderResult result)
    {
        var html = Encoding.UTF8.GetString(result.Html.Span);
        var start = html.IndexOf("<p id=\"a\">", StringComparison.Ordinal) + "<p id=\"a\">".Length;
        return result.Failure?.Detail ?? html[start..html.IndexOf("</p>", start, StringComparison.Ordinal)];
    }

    private static async Task<RunningProcess> StartBrowserAsync(string profile)
    {
        var start = new ProcessStartInfo(BrowserPlaces.Find(new RenderOptions())!) { RedirectStandardError = true };
        string[] flags = ["--headless", "--no-sandbox", "--remote-debugging-port=0", $"--user-data-dir={profile}", .. BrowserFlags.For(new RenderOptions()), "about:blank"];
        foreach (var flag in flags)
        {
            start.ArgumentList.Add(flag);
        }

        var process = Process.Start(start)!;
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("DevTools listening on ", StringComparison.Ordinal))
            {
                _ = process.StandardError.ReadToEndAsync();
                return new RunningProcess(process, line["DevTools listening on ".Length..]);
            }
        }

        throw new InvalidOperationException("The browser ended before it listened.");
    }

    private sealed record RunningProcess(Process Process, string Address) : IDisposable
    {
        public void Dispose() => Process.Dispose();
    }
}
