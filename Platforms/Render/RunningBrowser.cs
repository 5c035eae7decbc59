using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Playwright;

namespace Marketline.Platforms.Render;

/// <summary>One started (or reached) browser, with the driver that speaks to it.</summary>
internal sealed class RunningBrowser : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions LaunchFormat = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly IPlaywright _driver;
    private readonly IBrowser _browser;
    private readonly int[] _processIds;
    private volatile bool _isGivenUp;

    private RunningBrowser(IPlaywright driver, IBrowser browser, string proxyServer, int[] processIds) =>
        (_driver, _browser, ProxyServer, _processIds) = (driver, browser, proxyServer, processIds);

    /// <summary>The proxy, as the browser reaches it.</summary>
    public string ProxyServer { get; }

    public bool IsConnected => _browser.IsConnected && !_isGivenUp;

    public int ContextCount => _browser.Contexts.Count;

    /// <summary>Of a browser on this machine: the first of its processes. All others end with it.</summary>
    public int? ProcessId => _processIds is [var first, ..] ? first : null;

    /// <exception cref="BrowserUnavailableException">It does not start, or is not there.</exception>
    public static async Task<RunningBrowser> StartAsync(RenderOptions options, Uri proxy, CancellationToken cancellationToken)
    {
        IPlaywright? driver = null;
        try
        {
            driver = await Playwright.CreateAsync().WaitAsync(StartTimeout, cancellationToken);
            var browser = await OpenAsync(driver.Chromium, options, proxy).WaitAsync(StartTimeout + CloseTimeout, cancellationToken);
            return new RunningBrowser(driver, browser, proxy.GetLeftPart(UriPartial.Authority), options.Endpoint.Length == 0 ? await ProcessesAsync(browser) : []);
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            driver?.Dispose();
            throw new BrowserUnavailableException(Words(options, exception), exception);
        }
        catch
        {
            driver?.Dispose();
            throw;
        }
    }

    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) => _browser.NewContextAsync(options);

    public Task<int[]> ProcessIdsAsync() => ProcessesAsync(_browser);

    /// <summary>All its processes, as the DevTools protocol names them; what they share counts once (proportional set size).</summary>
    /// <returns>Null for a browser elsewhere, or one that does not answer any more.</returns>
    public async Task<long?> MemoryBytesAsync()
    {
        if (_processIds.Length == 0 || !IsConnected)
        {
            return null;
        }

        try
        {
            return (await ProcessesAsync(_browser).WaitAsync(CloseTimeout)).Sum(ProcessMemory.Bytes);
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Ends it at once, for a browser that is beyond being asked; one elsewhere is left, which ends it for a Playwright server.</summary>
    public void Kill()
    {
        _isGivenUp = true;
        if (ProcessId is not { } id)
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _browser.CloseAsync().WaitAsync(CloseTimeout);
        }
        catch (Exception exception) when (exception is PlaywrightException or TimeoutException)
        {
            Kill();
        }

        _driver.Dispose();
    }

    private static Task<IBrowser> OpenAsync(IBrowserType chromium, RenderOptions options, Uri proxy)
    {
        var milliseconds = (float)StartTimeout.TotalMilliseconds;
        if (options.Endpoint.Length == 0)
        {
            return chromium.LaunchAsync(
                new BrowserTypeLaunchOptions
                {
                    ExecutablePath = BrowserPlaces.Find(options),
                    Headless = true,
                    ChromiumSandbox = options.Sandbox && !(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess),
                    Args = BrowserFlags.For(options),
                    // Without a pass: what belongs to no page gets nowhere.
                    Proxy = new Proxy { Server = proxy.GetLeftPart(UriPartial.Authority) },
                    Timeout = milliseconds,
                }
            );
        }

        var isDevTools = options.Endpoint.StartsWith("http", StringComparison.OrdinalIgnoreCase) || options.Endpoint.Contains("/devtools/", StringComparison.Ordinal);
        return isDevTools
            ? chromium.ConnectOverCDPAsync(options.Endpoint, new BrowserTypeConnectOverCDPOptions { Timeout = milliseconds })
            : chromium.ConnectAsync(options.Endpoint, new BrowserTypeConnectOptions { Timeout = milliseconds, Headers = [new("x-playwright-launch-options", LaunchOptions(options, proxy))] });
    }

    /// <summary>
    /// What a Playwright server is asked to start, as its own clients put it (playwright-core, remote/playwrightServer.ts). It takes
    /// the proxy; the rest only with <c>--unsafe</c>.
    /// </summary>
    private static string LaunchOptions(RenderOptions options, Uri proxy) =>
        JsonSerializer.Serialize(
            new
            {
                headless = true,
                args = BrowserFlags.For(options),
                chromiumSandbox = options.Sandbox,
                executablePath = options.ExecutablePath.Length > 0 ? options.ExecutablePath : null,
                proxy = new { server = proxy.GetLeftPart(UriPartial.Authority) },
            },
            LaunchFormat
        );

    /// <summary>https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/#method-getProcessInfo; the browser's own comes first.</summary>
    private static async Task<int[]> ProcessesAsync(IBrowser browser)
    {
        var session = await browser.NewBrowserCDPSessionAsync();
        try
        {
            var answer = await session.SendAsync("SystemInfo.getProcessInfo");
            return
            [
                .. answer!.Value.GetProperty("processInfo").EnumerateArray()
                    .OrderBy(process => process.GetProperty("type").GetString() != "browser")
                    .Select(process => process.GetProperty("id").GetInt32()),
            ];
        }
        finally
        {
            await session.DetachAsync();
        }
    }

    /// <summary>A Playwright server answers status 428 to another version's client, with these words.</summary>
    private static string Words(RenderOptions options, Exception exception) =>
        exception.Message.Contains("version mismatch", StringComparison.OrdinalIgnoreCase)
            ? $"The Playwright server at Render:Endpoint is of another version than the app's {typeof(Playwright).Assembly.GetName().Version?.ToString(2)}: run the same."
        : options.Endpoint.Length > 0
            ? "The browser at Render:Endpoint does not answer, or does not start; the log says why."
            : $"The browser {BrowserPlaces.Find(options)} does not start; the log says why (without user namespaces, as in some containers, it needs Render:Sandbox=false).";
}
