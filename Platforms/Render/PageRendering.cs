using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Render;

/// <summary>
/// What a fetcher asks when it has read a page: whether that is all, or a browser has to make something of it. What it learns
/// about the site is kept in the site's throttle state.
/// </summary>
internal sealed class PageRendering(
    IPageRenderer renderer,
    RenderWish wish,
    SiteThrottle throttle,
    ThrottleSettings settings,
    IOptions<CrawlOptions> crawl,
    TimeProvider time
) : IDisposable
{
    /// <summary>A page whose scripts go on to another one, and so on.</summary>
    private const int MaxHops = 2;

    /// <summary>The site's next turn is put off by its page's requests for data, within reason.</summary>
    private const int MaxChargedTurns = 10;

    private readonly SemaphoreSlim _probing = new(1);

    /// <param name="plain">The page as sent.</param>
    /// <param name="gate">The way back to the crawler.</param>
    /// <param name="cancellationToken">The only way for this to throw.</param>
    /// <returns>Null when the target has to be given back.</returns>
    public async Task<FetchedPage?> CompleteAsync(FetchedPage plain, RenderGate gate, CancellationToken cancellationToken)
    {
        if (plain.FailureReason is not null || !IsHtml(plain))
        {
            return plain;
        }

        var sign = AppShell.Look(plain.Body.Span);
        if (Choose(plain, sign) != RenderChoice.Probe)
        {
            return await ActAsync(Choose(plain, sign), plain, sign, gate, cancellationToken);
        }

        // One probe at a time: what it shows spares the others.
        await _probing.WaitAsync(cancellationToken);
        try
        {
            return await ActAsync(Choose(plain, sign), plain, sign, gate, cancellationToken);
        }
        finally
        {
            _probing.Release();
        }
    }

    public void Dispose() => _probing.Dispose();

    private RenderChoice Choose(FetchedPage plain, ShellSign sign) =>
        RenderRule.Choose(wish.Mode, throttle.State.Rendering, sign, () => wish.HasWanted(plain), time.GetUtcNow());

    private async Task<FetchedPage?> ActAsync(RenderChoice choice, FetchedPage plain, ShellSign sign, RenderGate gate, CancellationToken cancellationToken)
    {
        if (choice == RenderChoice.PlainIsEnough)
        {
            Learn(state => RenderRule.AfterPlainIsEnough(state!, time.GetUtcNow()));
        }

        // Where nothing says that it is needed, a missing browser is no failure.
        var isLeftOut = choice == RenderChoice.Probe && sign == ShellSign.Weak && renderer.Unavailability is not null;
        if (choice is RenderChoice.Plain or RenderChoice.PlainIsEnough || isLeftOut)
        {
            return plain;
        }

        var started = time.GetTimestamp();
        var (page, isGivenBack) = await RenderAsync(plain, gate, cancellationToken);
        if (isGivenBack)
        {
            return null;
        }

        page = page with { Elapsed = plain.Elapsed + time.GetElapsedTime(started), FetchedUtc = time.GetUtcNow() };
        return wish.Mode == RenderMode.Auto ? Judge(choice, sign, plain, page) : page;
    }

    /// <summary>Keeps the better one of the two, and what that says about the site.</summary>
    private FetchedPage Judge(RenderChoice choice, ShellSign sign, FetchedPage plain, FetchedPage rendered)
    {
        var isProbe = choice == RenderChoice.Probe;
        if (rendered.FailureReason is { } failure)
        {
            var isTaken = !isProbe || failure is FetchReasons.RenderUnavailable;
            if (!isTaken)
            {
                Learn(state => RenderRule.AfterRendering(state, sign, hasGained: false, time.GetUtcNow()));
            }

            return isTaken ? rendered : plain;
        }

        var hasGained = wish.HasWanted(rendered);
        Learn(state => RenderRule.AfterRendering(state, sign, hasGained, time.GetUtcNow()));
        return hasGained || !isProbe ? rendered : plain;
    }

    private async Task<(FetchedPage Page, bool IsGivenBack)> RenderAsync(FetchedPage plain, RenderGate gate, CancellationToken cancellationToken)
    {
        var (page, address) = (plain, gate.Address);
        for (var hop = 0; ; hop++)
        {
            var result = await renderer.RenderAsync(Request(page, address, gate), cancellationToken);
            Charge(result.SiteDataRequestCount);
            if (result.GoesOnTo is null || hop == MaxHops)
            {
                var failure = result.GoesOnTo is null
                    ? result.Failure
                    : new FetchFailure(FetchReasons.TooManyRedirects, $"The page's scripts went on to another page more than {MaxHops} times.");
                return (failure is null ? Rendered(page, result) : Failed(page, failure), false);
            }

            if (await gate.FollowAsync(result.GoesOnTo, cancellationToken) is not { } next)
            {
                return (page, true);
            }

            if (next.Page.FailureReason is not null || !IsHtml(next.Page))
            {
                return (next.Page, false);
            }

            (page, address) = (next.Page, next.Address);
        }
    }

    private RenderRequest Request(FetchedPage page, Uri address, RenderGate gate) =>
        new()
        {
            Address = address,
            ContentType = page.ContentType,
            Body = page.Body,
            MaxHtmlBytes = crawl.Value.MaxBodyBytes,
            UserAgent = crawl.Value.UserAgent,
            MayLoad = (part, token) => gate.MayLoad(address, part, token),
        };

    private static FetchedPage Rendered(FetchedPage page, RenderResult result) =>
        page with { Body = result.Html, ContentType = "text/html; charset=utf-8", IsRendered = true };

    private static FetchedPage Failed(FetchedPage page, FetchFailure failure) =>
        page with { Body = default, FailureReason = failure.Reason, FailureDetail = failure.Detail };

    /// <summary>Requests for data are work for the site like pages are: on average it is asked no faster than without a browser.</summary>
    private void Charge(int requestCount)
    {
        if (requestCount > 0)
        {
            var now = time.GetUtcNow();
            throttle.Change(state =>
            {
                var from = state.NextRequestUtc > now ? state.NextRequestUtc : now;
                var delay = AutoThrottle.Delay(state, settings) * Math.Min(requestCount, MaxChargedTurns);
                return AutoThrottle.AfterRetryAfter(state, from + delay);
            });
        }
    }

    private void Learn(Func<SiteRendering?, SiteRendering> change) =>
        throttle.Change(state => state with { Rendering = change(state.Rendering) });

    private static bool IsHtml(FetchedPage page) =>
        page.ContentType.Length == 0
            ? page.Body.Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..]
            : page.ContentType.Contains("html", StringComparison.OrdinalIgnoreCase);
}
