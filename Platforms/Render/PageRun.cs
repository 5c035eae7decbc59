using System.Collections.Concurrent;
using System.Text;
using Microsoft.Playwright;

namespace Marketline.Platforms.Render;

/// <summary>
/// One page in its context. The document is the one that was fetched already, politely; scripts, stylesheets and data are
/// loaded, all else is not: pictures, fonts, media, frames, sockets, other windows, and the pages that scripts go on to.
/// </summary>
internal sealed class PageRun(RenderRequest request, RenderOptions options, CancellationToken cancellationToken) : IDisposable
{
    private const int SiteConcurrency = 2;
    private const string Snapshot =
        "max => { const root = document.documentElement; const html = root ? root.outerHTML : ''; return html.length > max ? null : (document.doctype ? '<!DOCTYPE html>' : '') + html; }";

    /// <summary>What would speak past HTTP is not there; the browser's flags and the proxy hold without it, too.</summary>
    private const string NoSideDoors =
        "for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) { try { delete window[name]; } catch { } }";

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);
    private static readonly HashSet<string> LoadedTypes = new(StringComparer.Ordinal) { "document", "script", "stylesheet", "xhr", "fetch" };

    private readonly SemaphoreSlim _sitePlaces = new(SiteConcurrency);
    private readonly ConcurrentDictionary<IRequest, IDisposable> _atSite = new();
    private readonly TaskCompletionSource _crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IPage? _page;
    private int _requestCount;
    private int _siteDataRequestCount;
    private int _documentCount;
    private volatile bool _isOver;

    public Uri? GoesOnTo { get; private set; }

    public int SiteDataRequestCount => _siteDataRequestCount;

    /// <returns>UTF-8; null when it is larger than it may be.</returns>
    public async Task<byte[]?> RunAsync(IBrowserContext context)
    {
        await context.AddInitScriptAsync(NoSideDoors).WaitAsync(cancellationToken);
        await context.RouteAsync("**/*", RouteAsync).WaitAsync(cancellationToken);
        await BrowserCookies.AddAsync(context, request.Cookies, cancellationToken);
        context.RequestFinished += (_, done) => FreePlace(done);
        context.RequestFailed += (_, failed) => FreePlace(failed);
        _page = await context.NewPageAsync().WaitAsync(cancellationToken);
        _page.Crash += (_, _) => _crashed.TrySetException(new PlaywrightException("The page crashed."));
        context.Page += (_, other) => _ = CloseOtherAsync(other);

        await Unless(_crashed.Task, LoadAsync(_page));
        if (GoesOnTo is not null)
        {
            return null;
        }

        var html = await Unless(_crashed.Task, _page.EvaluateAsync<string?>(Snapshot, request.MaxHtmlBytes));
        var bytes = html is null ? null : Encoding.UTF8.GetBytes(html);
        return bytes?.Length > request.MaxHtmlBytes ? null : bytes;
    }

    /// <returns>False when the browser does not answer any more.</returns>
    public static async Task<bool> TryCloseAsync(IBrowserContext context)
    {
        try
        {
            await context.CloseAsync().WaitAsync(CloseTimeout);
            return true;
        }
        catch (PlaywrightException)
        {
            return true; // It is gone with its browser.
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <remarks>A request that the browser leaves open does not keep its place at the site.</remarks>
    public void Dispose()
    {
        _isOver = true;
        foreach (var part in _atSite.Keys)
        {
            FreePlace(part);
        }
    }

    /// <remarks>Both waits have an end: a page that goes on loading is taken as it is by then.</remarks>
    private async Task LoadAsync(IPage page)
    {
        var reading = Max(options.Timeout - options.SettleTimeout, options.Timeout / 2);
        try
        {
            await page.GotoAsync(request.Address.AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded, Timeout = (float)reading.TotalMilliseconds });
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle, new PageWaitForLoadStateOptions { Timeout = (float)options.SettleTimeout.TotalMilliseconds });
        }
        catch (TimeoutException)
        {
            // What there is by now is taken.
        }
        catch (PlaywrightException) when (GoesOnTo is not null)
        {
            // The page at hand gave way to another one.
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private async Task RouteAsync(IRoute route)
    {
        try
        {
            await (await DecideAsync(route.Request) switch
            {
                Verdict.Document => FulfillAsync(route),
                Verdict.Load => route.ContinueAsync(),
                _ => route.AbortAsync("blockedbyclient"),
            });
        }
        catch (Exception exception) when (exception is PlaywrightException or OperationCanceledException)
        {
            FreePlace(route.Request); // The page is over, or the request is.
        }
    }

    private async Task<Verdict> DecideAsync(IRequest part)
    {
        if (!LoadedTypes.Contains(part.ResourceType) || !Uri.TryCreate(part.Url, UriKind.Absolute, out var address))
        {
            return Verdict.Refuse;
        }

        if (part.IsNavigationRequest)
        {
            return Navigate(part, address);
        }

        if (Interlocked.Increment(ref _requestCount) > options.MaxRequestsPerPage || !await request.MayLoad(address, cancellationToken))
        {
            return Verdict.Refuse;
        }

        if (address.Authority == request.Address.Authority)
        {
            await EnterSiteAsync(part);
            if (part.ResourceType is "xhr" or "fetch")
            {
                Interlocked.Increment(ref _siteDataRequestCount);
            }
        }

        return Verdict.Load;
    }

    private async Task EnterSiteAsync(IRequest part)
    {
        await _sitePlaces.WaitAsync(cancellationToken);
        _atSite[part] = await request.EnterSite(cancellationToken);
        if (_isOver)
        {
            FreePlace(part);
        }
    }

    /// <summary>The first document of the page itself is the one at hand; frames are left out; another page is not for the browser to fetch.</summary>
    private Verdict Navigate(IRequest part, Uri address)
    {
        var isPage = _page is { } page && part.Frame == page.MainFrame;
        if (isPage && Interlocked.Increment(ref _documentCount) == 1)
        {
            return Verdict.Document;
        }

        if (isPage && address.Scheme is "http" or "https" && address.GetLeftPart(UriPartial.Query) != request.Address.GetLeftPart(UriPartial.Query))
        {
            GoesOnTo ??= address;
        }

        return Verdict.Refuse;
    }

    private Task FulfillAsync(IRoute route) =>
        route.FulfillAsync(new RouteFulfillOptions { Status = 200, ContentType = request.ContentType, BodyBytes = request.Body.ToArray() });

    private void FreePlace(IRequest part)
    {
        if (_atSite.TryRemove(part, out var place))
        {
            place.Dispose();
            _sitePlaces.Release();
        }
    }

    private async Task CloseOtherAsync(IPage other)
    {
        if (other == _page)
        {
            return;
        }

        try
        {
            await other.CloseAsync();
        }
        catch (PlaywrightException)
        {
            // It is gone with its context.
        }
    }

    private async Task Unless(Task crashed, Task work)
    {
        await Task.WhenAny(crashed, work).WaitAsync(cancellationToken);
        await (crashed.IsCompleted ? crashed : work);
    }

    private async Task<T> Unless<T>(Task crashed, Task<T> work)
    {
        await Unless(crashed, (Task)work);
        return await work;
    }

    private enum Verdict
    {
        Refuse,
        Load,
        Document,
    }
}
