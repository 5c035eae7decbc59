using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Platforms.Render;

/// <summary>The decision as the fetcher takes it: a real site and the crawler as registered, and a stand-in for the browser.</summary>
public sealed class PageRenderingTests
{
    private const string Shell = "<!doctype html><div id=root></div><script src=/app.js></script>";
    private const string Built = "<!doctype html><div id=root>WANTED</div>";

    private static readonly RenderWish Auto = new(RenderMode.Auto, page => new PageYield(Text(page).Contains("WANTED", StringComparison.Ordinal), OfferParts.None));

    private HostileSite _site = null!;

    [SetUp]
    public void SetUp()
    {
        _site = new HostileSite();
        _site.Page("/p", Shell);
    }

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [Test]
    public async Task FetchAsync_ShellAndTheBrowserFindsMore_IsRenderedAndRemembered()
    {
        var browser = FakeRenderer.Building(Built);

        var (page, state) = await FetchAsync(browser, Auto);

        Assert.Multiple(() =>
        {
            Assert.That((Text(page), page.IsRendered, page.StatusCode, page.ContentType), Is.EqualTo((Built, true, 200, "text/html; charset=utf-8")));
            Assert.That(state.Rendering?.NeedsBrowser, Is.True);
            Assert.That(_site.CountOf("/p"), Is.EqualTo(1));
            Assert.That(browser.Requests[0].Address.AbsoluteUri, Is.EqualTo(_site.Url("/p")));
        });
    }

    [Test]
    public async Task FetchAsync_ShellAndTheBrowserFindsNoMore_IsTakenAsSentAndNotProbedForEver()
    {
        var browser = FakeRenderer.Building("<!doctype html><div id=root>nothing</div>");
        SiteThrottleState? state = null;

        for (var page = 0; page < RenderRule.MaxVainProbes + 2; page++)
        {
            (var fetched, state) = await FetchAsync(browser, Auto, state);
            Assert.That((Text(fetched), fetched.IsRendered), Is.EqualTo((Shell, false)));
        }

        Assert.That(browser.Requests, Has.Count.EqualTo(RenderRule.MaxVainProbes));
    }

    [Test]
    public async Task FetchAsync_SiteThatNeedsABrowserSendsWholePages_GoesBackToPlain()
    {
        _site.Page("/p", Built);
        var browser = FakeRenderer.Building(Built);
        SiteThrottleState state = new() { Rendering = new SiteRendering { NeedsBrowser = true, DecidedUtc = DateTimeOffset.UtcNow } };

        for (var page = 0; page < RenderRule.PlainPagesToReturn; page++)
        {
            (_, state) = await FetchAsync(browser, Auto, state);
        }

        Assert.That(state.Rendering?.NeedsBrowser, Is.False);
        Assert.That(browser.Requests, Is.Empty);
    }

    [Test]
    public async Task FetchAsync_Always_RendersEveryPage()
    {
        _site.Page("/p", "<!doctype html><p>WANTED</p>");
        var browser = FakeRenderer.Building(Built);

        var (page, _) = await FetchAsync(browser, RenderWish.Always);

        Assert.That(page.IsRendered, Is.True);
    }

    [Test]
    public async Task FetchAsync_Never_RendersNone()
    {
        var browser = FakeRenderer.Building(Built);

        var (page, _) = await FetchAsync(browser, Auto with { Mode = RenderMode.Never });

        Assert.That((page.IsRendered, browser.Requests.Count), Is.EqualTo((false, 0)));
    }

    [Test]
    public async Task FetchAsync_PageThatWasNotRead_IsNotRendered()
    {
        _site.Page("/p", Shell, status: 403);
        var browser = FakeRenderer.Building(Built);

        var (page, _) = await FetchAsync(browser, RenderWish.Always);

        Assert.That((page.FailureReason, browser.Requests.Count), Is.EqualTo((FetchReasons.Blocked, 0)));
    }

    [Test]
    public async Task FetchAsync_NoBrowserAndTheSiteNeedsOne_FailsWithWhatToDo()
    {
        var (page, state) = await FetchAsync(FakeRenderer.Missing(), Auto);

        Assert.That((page.FailureReason, page.FailureDetail, page.Body.Length), Is.EqualTo((FetchReasons.RenderUnavailable, "There is none.", 0)));
        Assert.That(state.Rendering, Is.Null);
    }

    [Test]
    public async Task FetchAsync_NoBrowserAndAPageThatHardlyLooksLikeAShell_IsTakenAsSent()
    {
        _site.Page("/p", "<!doctype html><p>About us</p><script src=/statistics.js></script>");

        var (page, _) = await FetchAsync(FakeRenderer.Missing(), Auto);

        Assert.That(page.FailureReason, Is.Null);
    }

    [Test]
    public async Task FetchAsync_ProbeCrashes_IsTakenAsSent()
    {
        var (page, state) = await FetchAsync(FakeRenderer.Failing(FetchReasons.RenderCrashed), Auto);

        Assert.That((page.FailureReason, Text(page)), Is.EqualTo((default(string), Shell)));
        Assert.That(state.Rendering?.VainProbeCount, Is.EqualTo(1));
    }

    [Test]
    public async Task FetchAsync_RenderingCrashesWhereItIsNeeded_Fails()
    {
        SiteThrottleState needed = new() { Rendering = new SiteRendering { NeedsBrowser = true, DecidedUtc = DateTimeOffset.UtcNow } };

        var (page, _) = await FetchAsync(FakeRenderer.Failing(FetchReasons.RenderCrashed), Auto, needed);

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.RenderCrashed));
    }

    [Test]
    public async Task FetchAsync_ScriptsGoOnToAnotherPage_IsFetchedPolitelyAndRendered()
    {
        _site.Page("/real", "<!doctype html><p>real</p>");
        var browser = new FakeRenderer(request => request.Address.AbsolutePath == "/p" ? new RenderResult { GoesOnTo = new Uri(_site.Root, "/real") } : new RenderResult { Html = request.Body });

        var (page, _) = await FetchAsync(browser, RenderWish.Always);

        Assert.That((Text(page), page.FinalUrl, page.IsRendered), Is.EqualTo(("<!doctype html><p>real</p>", _site.Url("/real"), true)));
    }

    [TestCase("/private/real", FetchReasons.RobotsDisallowed)]
    [TestCase("http://elsewhere.localhost/", FetchReasons.RedirectedOffSite)]
    public async Task FetchAsync_ScriptsGoOnToWhatMayNotBeFetched_Fails(string next, string reason)
    {
        _site.Page("/robots.txt", "User-agent: *\nDisallow: /private\n");
        var browser = new FakeRenderer(_ => new RenderResult { GoesOnTo = new Uri(_site.Root, next) });

        var (page, _) = await FetchAsync(browser, RenderWish.Always);

        Assert.That(page.FailureReason, Is.EqualTo(reason));
        Assert.That(_site.Requests, Is.EqualTo((string[])["/robots.txt", "/p"]));
    }

    [Test]
    public async Task FetchAsync_ScriptsGoInCircles_Ends()
    {
        var browser = new FakeRenderer(_ => new RenderResult { GoesOnTo = new Uri(_site.Root, "/p") });

        var (page, _) = await FetchAsync(browser, RenderWish.Always);

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.TooManyRedirects));
    }

    [Test]
    public async Task MayLoad_PartsOfThePage_ObeyTheSitesRobotsTxtAndTheGuard()
    {
        _site.Page("/robots.txt", "User-agent: *\nDisallow: /private\n");
        var browser = FakeRenderer.Building(Built);
        await FetchAsync(browser, RenderWish.Always);
        var mayLoad = browser.Requests[0].MayLoad;

        var verdicts = new List<bool>();
        foreach (var part in new[] { _site.Url("/app.js"), _site.Url("/private/app.js"), "https://cdn.example/private/lib.js", "http://169.254.169.254/x", "ftp://cdn.example/x" })
        {
            verdicts.Add(await mayLoad(new Uri(part), CancellationToken.None));
        }

        Assert.That(verdicts, Is.EqualTo((bool[])[true, false, true, false, false]));
    }

    [Test]
    public async Task FetchAsync_PageAskedItsSiteForData_PutsTheNextTurnOff()
    {
        var browser = new FakeRenderer(_ => new RenderResult { Html = Encoding.UTF8.GetBytes(Built), SiteDataRequestCount = 4 });
        var before = DateTimeOffset.UtcNow;

        var (_, state) = await FetchAsync(browser, RenderWish.Always, delayFloor: TimeSpan.FromMilliseconds(100));

        // robots.txt and the page take turns of their own.
        Assert.That(state.NextRequestUtc - before, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(600)));
    }

    private async Task<(FetchedPage Page, SiteThrottleState State)> FetchAsync(
        FakeRenderer browser,
        RenderWish wish,
        SiteThrottleState? state = null,
        TimeSpan delayFloor = default
    )
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCrawl(new ConfigurationBuilder().Build());
        services.AddSingleton<IPageRenderer>(browser);
        services.Configure<CrawlOptions>(options =>
        {
            (options.DelayFloor, options.StartDelay) = (delayFloor, delayFloor);
            options.AllowedPrivateAddresses.Add("127.0.0.0/8");
        });
        await using var provider = services.BuildServiceProvider();
        using var fetcher = provider.GetRequiredService<PageFetcherFactory>().Create(state, render: wish);
        var page = await fetcher.FetchAsync(new CrawlTarget(_site.Url("/p")), CancellationToken.None);
        return (page, fetcher.ThrottleState);
    }

    private static string Text(FetchedPage page) => Encoding.UTF8.GetString(page.Body.Span);
}
