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

        var sight = new PageSight(plain, AppShell.Look(plain.Body.Span), new Lazy<PageYield>(() => wish.Look(plain)));
        var plan = Choose(sight);
        if (plan.Choice != RenderChoice.Probe)
        {
            return await ActAsync(plan, sight, gate, cancellationToken);
        }

        // One probe at a time: what it shows spares the others.
        await _probing.WaitAsync(cancellationToken);
        try
        {
            return await ActAsync(Choose(sight), sight, gate, cancellationToken);
        }
        finally
        {
            _probing.Release();
        }
    }

    public void Dispose() => _probing.Dispose();

    private RenderPlan Choose(PageSight sight)
    {
        var (state, now) = (throttle.State.Rendering, time.GetUtcNow());
        var choice = RenderRule.Choose(wish.Mode, state, sight.Sign, () => sight.Yield.Value.HasObjects, now);
        if (choice is not (RenderChoice.Plain or RenderChoice.PlainIsEnough) || !LooksForParts(state?.Parts, now))
        {
            return new RenderPlan(choice, IsForParts: false);
        }

        var forParts = PartRule.Choose(state?.Parts, sight.Yield.Value, AppShell.RunsScripts(sight.Page.Body.Span), now);
        return forParts == RenderChoice.Plain ? new RenderPlan(choice, IsForParts: false) : new RenderPlan(forParts, IsForParts: true);
    }

    private bool LooksForParts(SiteParts? state, DateTimeOffset now) => wish is { Mode: RenderMode.Auto, WantsOffers: true } && PartRule.IsOpen(state, now);

    private async Task<FetchedPage?> ActAsync(RenderPlan plan, PageSight sight, RenderGate gate, CancellationToken cancellationToken)
    {
        // Where nothing says that it is needed, a missing browser is no failure.
        var isLeftOut = plan.Choice == RenderChoice.Probe && (plan.IsForParts || sight.Sign == ShellSign.Weak) && renderer.Unavailability is not null;
        if (plan.Choice is RenderChoice.Plain or RenderChoice.PlainIsEnough || isLeftOut)
        {
            LearnPlain(plan.Choice, sight);
            return sight.Page;
        }

        var started = time.GetTimestamp();
        var (page, isGivenBack) = await RenderAsync(sight.Page, gate, cancellationToken);
        if (isGivenBack)
        {
            return null;
        }

        page = page with { Elapsed = sight.Page.Elapsed + time.GetElapsedTime(started), FetchedUtc = time.GetUtcNow() };
        return wish.Mode != RenderMode.Auto ? page
            : plan.IsForParts ? JudgeParts(plan.Choice, sight, page)
            : Judge(plan.Choice, sight, page);
    }

    private void LearnPlain(RenderChoice choice, PageSight sight)
    {
        var now = time.GetUtcNow();
        if (choice == RenderChoice.PlainIsEnough)
        {
            Learn(state => RenderRule.AfterPlainIsEnough(state!, now));
        }

        if (LooksForParts(throttle.State.Rendering?.Parts, now))
        {
            LearnParts(parts => PartRule.AfterLook(parts, sight.Yield.Value, now));
        }
    }

    /// <summary>Keeps the better one of the two, and what that says about the site.</summary>
    private FetchedPage Judge(RenderChoice choice, PageSight sight, FetchedPage rendered)
    {
        var isProbe = choice == RenderChoice.Probe;
        if (rendered.FailureReason is { } failure)
        {
            var isTaken = !isProbe || failure is FetchReasons.RenderUnavailable;
            if (!isTaken)
            {
                Learn(state => RenderRule.AfterRendering(state, sight.Sign, hasGained: false, time.GetUtcNow()));
            }

            return isTaken ? rendered : sight.Page;
        }

        var hasGained = wish.Look(rendered).HasObjects;
        Learn(state => RenderRule.AfterRendering(state, sight.Sign, hasGained, time.GetUtcNow()));
        return hasGained || !isProbe ? rendered : sight.Page;
    }

    /// <summary>The same for a page that gives its offer without a browser: without a price it fails as any that needs one, else it is taken as sent.</summary>
    private FetchedPage JudgeParts(RenderChoice choice, PageSight sight, FetchedPage rendered)
    {
        var missing = sight.Yield.Value.Missing;
        var found = rendered.FailureReason is null ? wish.Look(rendered) : new PageYield(HasObjects: false, OfferParts.All);
        var gained = found.HasObjects ? missing & ~found.Missing : OfferParts.None;
        if (choice == RenderChoice.Probe)
        {
            LearnParts(parts => rendered.FailureReason == FetchReasons.RenderUnavailable
                ? PartRule.AfterLook(parts, sight.Yield.Value, time.GetUtcNow())
                : PartRule.AfterProbe(parts, gained, time.GetUtcNow()));
            return gained == OfferParts.None ? sight.Page : rendered;
        }

        var isFailure = rendered.FailureReason is not null && missing.HasFlag(OfferParts.Price);
        return isFailure || gained != OfferParts.None ? rendered : sight.Page;
    }

    private async Task<(FetchedPage Page, bool IsGivenBack)> RenderAsync(FetchedPage plain, RenderGate gate, CancellationToken cancellationToken)
    {
        var (page, address) = (plain, gate.Address);
        for (var hop = 0; ; hop++)
        {
            var result = await renderer.RenderAsync(Request(page, address, gate), cancellationToken);
            Charge(result.SiteDataRequestCount);
            gate.Cookies.Take(address, result.Cookies);
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
            Cookies = gate.Cookies.Of(address),
            EnterSite = throttle.EnterAsync,
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

    private void LearnParts(Func<SiteParts?, SiteParts> change) =>
        Learn(state => (state ?? new SiteRendering()) with { Parts = change(state?.Parts) });

    private void Learn(Func<SiteRendering?, SiteRendering> change) =>
        throttle.Change(state => state with { Rendering = change(state.Rendering) });

    private static bool IsHtml(FetchedPage page) =>
        page.ContentType.Length == 0
            ? page.Body.Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..]
            : page.ContentType.Contains("html", StringComparison.OrdinalIgnoreCase);
}
