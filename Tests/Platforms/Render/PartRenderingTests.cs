using System.Text;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Marketline.Tests.Platforms.Render;

/// <summary>Pages that are no shells, and of which only price or availability are built by script; a stand-in for the browser.</summary>
public sealed class PartRenderingTests
{
    private const string Text = "<p>A page with a product and a lot of text, which is no shell at all.</p>";
    private const string Script = "<script src=/price.js></script>";
    private const string Partly = "<!doctype html>OFFER" + Text + Script;
    private const string Whole = "<!doctype html>OFFER PRICE STOCK" + Text + Script;

    private HostileSite _site = null!;
    private int _lookCount;

    [SetUp]
    public void SetUp()
    {
        _site = new HostileSite();
        _lookCount = 0;
        Say(Partly);
    }

    [TearDown]
    public ValueTask TearDown() => _site.DisposeAsync();

    [Test]
    public async Task FetchAsync_BrowserFindsThePrice_IsRenderedAndSoAreTheNext()
    {
        var browser = FakeRenderer.Building(Whole);

        var (pages, state) = await FetchAsync(browser, 4);

        Assert.That(pages.Select(page => page.IsRendered), Has.All.True);
        Assert.That(state.Rendering?.Parts?.Scripted, Is.EqualTo(OfferParts.All));
        Assert.That(state.Rendering?.NeedsBrowser, Is.False, "its pages are no shells");
    }

    [Test]
    public async Task FetchAsync_BrowserFindsNoPriceEither_IsTakenAsSentAndNotTriedForEver()
    {
        var browser = FakeRenderer.Building(Partly + "more");

        var (pages, _) = await FetchAsync(browser, PartRule.MaxVainProbes + 5);

        Assert.That(pages.Select(page => page.IsRendered), Has.All.False);
        Assert.That(browser.Requests, Has.Count.EqualTo(PartRule.MaxVainProbes));
        Assert.That(_lookCount, Is.EqualTo(2 * PartRule.MaxVainProbes), "and no longer read twice");
    }

    [Test]
    public async Task FetchAsync_WholePages_AreLookedAtAFewTimesOnly()
    {
        Say(Whole);
        var browser = FakeRenderer.Building(Whole);

        await FetchAsync(browser, 20);

        Assert.That((_lookCount, browser.Requests.Count), Is.EqualTo((PartRule.WholePagesToKnow, 0)));
    }

    [Test]
    public async Task FetchAsync_WholePageWherePricesAreScripted_IsTakenAsSentAndChangesNothing()
    {
        Say(Whole);
        var browser = FakeRenderer.Building(Whole);
        var known = Scripted(OfferParts.Price);

        var (pages, state) = await FetchAsync(browser, 20, known);

        Assert.That((pages.Any(page => page.IsRendered), browser.Requests.Count), Is.EqualTo((false, 0)));
        Assert.That(state.Rendering, Is.EqualTo(known.Rendering));
    }

    [Test]
    public async Task FetchAsync_NotForOffers_IsNotLookedAt()
    {
        var browser = FakeRenderer.Building(Whole);

        var (pages, _) = await FetchAsync(browser, 1, wantsOffers: false);

        Assert.That((pages[0].IsRendered, _lookCount), Is.EqualTo((false, 0)));
    }

    [Test]
    public async Task FetchAsync_NoScriptOnThePage_IsNotProbed()
    {
        Say("<!doctype html>OFFER" + Text);
        var browser = FakeRenderer.Building(Whole);

        await FetchAsync(browser, 1);

        Assert.That(browser.Requests, Is.Empty);
    }

    [Test]
    public async Task FetchAsync_NoBrowser_IsTakenAsSent()
    {
        var (pages, state) = await FetchAsync(FakeRenderer.Missing(), 1);

        Assert.That(pages[0].FailureReason, Is.Null);
        Assert.That(state.Rendering?.Parts?.VainProbeCount, Is.Zero);
    }

    [TestCase("OFFER STOCK", FetchReasons.RenderCrashed, Description = "without a price it is of no use")]
    [TestCase("OFFER PRICE", null, Description = "with one it is")]
    public async Task FetchAsync_CrashesWherePartsAreScripted_FailsWithoutAPriceOnly(string words, string? reason)
    {
        Say("<!doctype html>" + words + Script);

        var (pages, _) = await FetchAsync(FakeRenderer.Failing(FetchReasons.RenderCrashed), 1, Scripted(OfferParts.All));

        Assert.That(pages[0].FailureReason, Is.EqualTo(reason));
    }

    [Test]
    public async Task FetchAsync_ManyPagesAtOnce_AreProbedOneByOne()
    {
        var browser = FakeRenderer.Building(Partly);

        await FetchAsync(browser, 12, isAtOnce: true);

        Assert.That(browser.Requests, Has.Count.EqualTo(PartRule.MaxVainProbes));
    }

    private static SiteThrottleState Scripted(OfferParts parts) =>
        new() { Rendering = new SiteRendering { Parts = new SiteParts { Scripted = parts, SinceUtc = DateTimeOffset.UtcNow } } };

    private void Say(string html) => _site.Page("/p", html + string.Concat(Enumerable.Repeat(Text, 100)));

    private async Task<(List<FetchedPage> Pages, SiteThrottleState State)> FetchAsync(
        FakeRenderer browser,
        int count,
        SiteThrottleState? state = null,
        bool wantsOffers = true,
        bool isAtOnce = false
    )
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddCrawl(new ConfigurationBuilder().Build());
        services.AddSingleton<IPageRenderer>(browser);
        services.Configure<CrawlOptions>(options =>
        {
            options.DelayFloor = TimeSpan.Zero;
            options.AllowedPrivateAddresses.Add("127.0.0.0/8");
        });
        await using var provider = services.BuildServiceProvider();
        using var fetcher = provider.GetRequiredService<PageFetcherFactory>().Create(state, render: new RenderWish(RenderMode.Auto, Look, wantsOffers));
        var pages = new List<FetchedPage>();
        var fetches = Enumerable.Range(0, count).Select(_ => fetcher.FetchAsync(new CrawlTarget(_site.Url("/p")), CancellationToken.None));
        if (isAtOnce)
        {
            pages.AddRange(await Task.WhenAll(fetches));
        }
        else
        {
            foreach (var fetch in fetches)
            {
                pages.Add(await fetch);
            }
        }

        return (pages, fetcher.ThrottleState);
    }

    private PageYield Look(FetchedPage page)
    {
        Interlocked.Increment(ref _lookCount);
        var text = Encoding.UTF8.GetString(page.Body.Span);
        var missing = (Has("PRICE") ? OfferParts.None : OfferParts.Price) | (Has("STOCK") ? OfferParts.None : OfferParts.Availability);
        return new PageYield(Has("OFFER"), missing);

        bool Has(string word) => text.Contains(word, StringComparison.Ordinal);
    }
}
