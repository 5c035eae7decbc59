using System.Text;
using Marketline.Core.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class PageFetcherTests
{
    private HostileSite _site = null!;
    private CrawlFixture _crawl = null!;

    [SetUp]
    public void SetUp()
    {
        _site = new HostileSite();
        _crawl = new CrawlFixture();
    }

    [TearDown]
    public async Task TearDown()
    {
        _crawl.Dispose();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task FetchAsync_OrdinaryPage_GivesBodyAndType()
    {
        _site.Page("/p", "<h1>Täglich</h1>");

        var page = await _crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.Null);
        Assert.That(Encoding.UTF8.GetString(page.Body.Span), Is.EqualTo("<h1>Täglich</h1>"));
        Assert.That((page.StatusCode, page.ContentType, page.AttemptCount), Is.EqualTo((200, "text/html", 1)));
        Assert.That((page.Url, page.FinalUrl), Is.EqualTo((_site.Url("/p"), _site.Url("/p"))));
    }

    [Test]
    public async Task FetchAsync_AnyRequest_NamesTheCrawlerAndCarriesNoTrace()
    {
        using var activity = new System.Diagnostics.Activity("test").Start();
        _site.Page("/p", "x", "Set-Cookie: a=b\r\n");

        await _crawl.FetchAsync(_site.Url("/p"));
        await _crawl.FetchAsync(_site.Url("/p"));

        Assert.That(_site.LastHead, Does.Contain("User-Agent: Marketline/").And.Contain("(+https://"));
        Assert.That(_site.LastHead, Does.Not.Contain("traceparent").IgnoreCase.And.Not.Contain("Cookie").IgnoreCase);
    }

    [Test]
    public async Task FetchAsync_Redirects_EndAtTheLastAddress()
    {
        _site.Redirect("/a", "/b", 301);
        _site.Redirect("/b", _site.Url("/c?x=1"), 307);
        _site.Page("/c?x=1", "here");

        var page = await _crawl.FetchAsync(_site.Url("/a"));

        Assert.That((page.FailureReason, page.FinalUrl, page.AttemptCount), Is.EqualTo(((string?)null, _site.Url("/c?x=1"), 1)));
    }

    [Test]
    public async Task FetchAsync_EndlessRedirects_StopAfterFive()
    {
        _site.Redirect("/a", "/a");

        var page = await _crawl.FetchAsync(_site.Url("/a"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.TooManyRedirects));
        Assert.That(_site.CountOf("/a"), Is.EqualTo(6));
    }

    [Test]
    public async Task FetchAsync_RedirectToStranger_IsNotFollowed()
    {
        _site.Redirect("/a", "https://another.example/");

        var page = await _crawl.FetchAsync(_site.Url("/a"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.RedirectedOffSite));
    }

    [Test]
    public async Task FetchAsync_RedirectIntoForbiddenPart_IsDisallowed()
    {
        _site.Page("/robots.txt", "User-agent: *\nDisallow: /private");
        _site.Redirect("/a", "/private/b");

        var page = await _crawl.FetchAsync(_site.Url("/a"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.RobotsDisallowed));
        Assert.That(_site.CountOf("/private/b"), Is.Zero);
    }

    [TestCase(401, FetchReasons.Blocked, 1)]
    [TestCase(403, FetchReasons.Blocked, 1)]
    [TestCase(404, FetchReasons.NotFound, 1)]
    [TestCase(410, FetchReasons.NotFound, 1)]
    [TestCase(418, FetchReasons.HttpError, 1)]
    [TestCase(429, FetchReasons.Blocked, 3)]
    [TestCase(500, FetchReasons.HttpError, 3)]
    [TestCase(503, FetchReasons.HttpError, 3)]
    public async Task FetchAsync_ErrorStatus_GivesReasonAfterTheRightAttempts(int status, string reason, int attemptCount)
    {
        _site.Page("/p", "secret words", status: status);

        var page = await _crawl.FetchAsync(_site.Url("/p"));

        Assert.That((page.StatusCode, page.FailureReason, page.AttemptCount), Is.EqualTo((status, reason, attemptCount)));
        Assert.That(_site.CountOf("/p"), Is.EqualTo(attemptCount));
        Assert.That(page.Body.IsEmpty && !page.FailureDetail!.Contains("secret"));
    }

    [Test]
    public async Task FetchAsync_ErrorThenPage_GivesThePage()
    {
        _site.InTurn("/p", HostileSite.Status(500), HostileSite.Status(200, body: "at last"));

        var page = await _crawl.FetchAsync(_site.Url("/p"));

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo(((string?)null, 2)));
    }

    [Test]
    public async Task FetchAsync_PageAsksForProofOfAHuman_IsBlocked()
    {
        _site.Page("/p", "<script>window._cf_chl_opt = {}</script>");

        var page = await _crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.BlockedCaptcha));
    }

    [TestCase("cf-mitigated: challenge", 403)]
    [TestCase("x-amzn-waf-action: captcha", 405)]
    [TestCase("x-amzn-waf-action: challenge", 202)]
    [TestCase("x-vercel-mitigated: challenge", 429)]
    [TestCase("X-DataDome: protected\r\nX-DD-B: 1", 403)]
    public async Task FetchAsync_HeaderAsksForProofOfAHuman_IsBlockedAndNotAskedAgain(string header, int status)
    {
        _site.Map("/p", HostileSite.Status(status, header + "\r\n"));

        var page = await _crawl.FetchAsync(_site.Url("/p"));

        Assert.That((page.FailureReason, page.AttemptCount), Is.EqualTo((FetchReasons.BlockedCaptcha, 1)));
    }

    [TestCase("/account/login?return=%2Fp", FetchReasons.BlockedLogin)]
    [TestCase("https://login.other.example/", FetchReasons.BlockedLogin)]
    [TestCase("https://consent.other.example/m?continue=x", FetchReasons.BlockedConsent)]
    [TestCase("/cookie-consent", FetchReasons.BlockedConsent)]
    public async Task FetchAsync_RedirectsToAWall_IsBlockedWithoutAskingForIt(string location, string reason)
    {
        _site.Redirect("/p", location);

        var page = await _crawl.FetchAsync(_site.Url("/p"));

        Assert.That((page.FailureReason, _site.Requests.Count(request => request != "/robots.txt")), Is.EqualTo((reason, 1)), page.FailureDetail);
    }

    [Test]
    public async Task FetchAsync_MirroredPage_TakesTheOriginalFromTheLinkHeader()
    {
        _site.Page("/shop.example/p?q=1", "x", "Link: <http://shop.example/p?q=1>; rel=\"original\"\r\n");

        var page = await _crawl.FetchAsync("https://shop.example/p?q=1", _site.Url("/shop.example/p?q=1"));

        Assert.That((page.Url, page.FinalUrl), Is.EqualTo(("https://shop.example/p?q=1", "http://shop.example/p?q=1")));
    }

    [Test]
    public void FetchAsync_Cancelled_Throws()
    {
        _site.Map("/p", HostileSite.Silence);
        using var fetcher = _crawl.Fetchers.Create(throttle: null);
        using var cancel = new CancellationTokenSource(50);

        var fetch = fetcher.FetchAsync(new CrawlTarget(_site.Url("/p")), cancel.Token);

        Assert.That(async () => await fetch, Throws.InstanceOf<OperationCanceledException>());
    }
}
