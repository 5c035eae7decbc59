using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Marketline.Platforms.Render;

/// <summary>
/// Renders a page in a context of its own (the site's cookies of this crawl, no storage, no cache of others), within bounds of time, bytes and
/// requests. A page that fails for the browser's sake is tried once more, in a new browser if need be.
/// </summary>
internal sealed class PageRenderer(BrowserPool browsers, IOptions<RenderOptions> options, TimeProvider time) : IPageRenderer
{
    private const int MaxAttempts = 2;

    /// <summary>The proxy's sessions end with their pages; a pass is good a little longer.</summary>
    private static readonly TimeSpan PassMargin = TimeSpan.FromSeconds(10);

    private readonly RenderOptions _options = options.Value;
    private readonly ProxyPasses? _sharedPasses = RenderOptionsValidator.Secret(options.Value) is { } secret ? new ProxyPasses(secret) : null;

    public string? Unavailability =>
        !_options.Enabled ? "Rendering is switched off (Render:Enabled)."
        : _options.Endpoint.Length > 0 || BrowserPlaces.Find(_options) is not null ? null
        : "There is no browser on this machine: install chromium (Debian: apt-get install chromium), name one in Render:ExecutablePath, or one elsewhere in Render:Endpoint.";

    public async Task<RenderResult> RenderAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        if (Unavailability is { } words)
        {
            return Failed(FetchReasons.RenderUnavailable, words);
        }

        for (var attempt = 1; ; attempt++)
        {
            var result = await TryRenderAsync(request, cancellationToken);
            if (result.Failure is not { IsRetryable: true } || attempt == MaxAttempts)
            {
                return result;
            }
        }
    }

    private async Task<RenderResult> TryRenderAsync(RenderRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var place = await browsers.TakeAsync(cancellationToken);
            var (pass, session) = Open(place);
            using var _ = session;
            return await RenderInAsync(place.Browser, pass, session, request, cancellationToken);
        }
        catch (BrowserUnavailableException exception)
        {
            return Failed(FetchReasons.RenderUnavailable, exception.Message);
        }
    }

    private (ProxyPass Pass, ProxySession? Session) Open(BrowserPlace place)
    {
        var lifetime = _options.Timeout + PassMargin;
        return place.Proxy is { } proxy ? proxy.Open(lifetime) : (_sharedPasses!.Issue(time.GetUtcNow() + lifetime), null);
    }

    private async Task<RenderResult> RenderInAsync(
        RunningBrowser browser,
        ProxyPass pass,
        ProxySession? session,
        RenderRequest request,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(_options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            return await RunAsync(browser, pass, session, request, either.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            return Failed(FetchReasons.TimedOut, $"The page was not rendered within {_options.Timeout.TotalSeconds:0.#} s (Render:Timeout).");
        }
        catch (PlaywrightException) when (!cancellationToken.IsCancellationRequested)
        {
            return session is { IsOverLimit: true } ? TooLarge("parts")
                : patience.IsCancellationRequested ? Failed(FetchReasons.TimedOut, "The page was not rendered in time.")
                : Failed(FetchReasons.RenderCrashed, browser.IsConnected ? "The page crashed in the browser." : "The browser ended while it rendered the page.", isRetryable: true);
        }
    }

    private async Task<RenderResult> RunAsync(
        RunningBrowser browser,
        ProxyPass pass,
        ProxySession? session,
        RenderRequest request,
        CancellationToken cancellationToken
    )
    {
        var opening = browser.NewContextAsync(
            new BrowserNewContextOptions
            {
                AcceptDownloads = false,
                ServiceWorkers = ServiceWorkerPolicy.Block,
                UserAgent = request.UserAgent,
                Proxy = new Proxy { Server = browser.ProxyServer, Username = pass.UserName, Password = pass.Password },
            }
        );
        using var run = new PageRun(request, _options, cancellationToken);
        try
        {
            var context = await opening.WaitAsync(cancellationToken);
            var html = await run.RunAsync(context);
            var cookies = await BrowserCookies.ReadAsync(context, request.Cookies, cancellationToken);
            return session is { IsOverLimit: true } ? TooLarge("parts")
                : run.GoesOnTo is { } next ? new RenderResult { GoesOnTo = next, Cookies = cookies, SiteDataRequestCount = run.SiteDataRequestCount }
                : html is null ? TooLarge("HTML")
                : new RenderResult { Html = html, Cookies = cookies, SiteDataRequestCount = run.SiteDataRequestCount };
        }
        finally
        {
            if (!await TryCloseAsync(opening))
            {
                browser.Kill();
            }
        }
    }

    /// <returns>False when the browser does not answer any more.</returns>
    private static async Task<bool> TryCloseAsync(Task<IBrowserContext> opening)
    {
        try
        {
            return await PageRun.TryCloseAsync(await opening.WaitAsync(TimeSpan.FromSeconds(5)));
        }
        catch (PlaywrightException)
        {
            return true; // There is no context: the browser is gone.
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private RenderResult TooLarge(string what) =>
        Failed(FetchReasons.TooLarge, what == "HTML" ? "The rendered page is larger than Crawl:MaxBodyBytes." : $"The page loads more than {_options.MaxPageBytes} bytes (Render:MaxPageBytes).");

    private static RenderResult Failed(string reason, string detail, bool isRetryable = false) =>
        new() { Failure = new FetchFailure(reason, detail, isRetryable) };
}
