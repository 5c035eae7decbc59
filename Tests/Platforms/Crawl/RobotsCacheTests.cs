using System.Text;
using Marketline.Core.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>What comes of fetching robots.txt (RFC 9309 §2.3).</summary>
public sealed class RobotsCacheTests
{
    private HostileSite _site = null!;

    [SetUp]
    public void SetUp()
    {
        _site = new HostileSite();
        _site.Page("/p", "page");
    }

    [TearDown]
    public async Task TearDown() => await _site.DisposeAsync();

    [TestCase(404, null)]
    [TestCase(403, null)]
    [TestCase(429, FetchReasons.RobotsDisallowed)]
    [TestCase(500, FetchReasons.RobotsDisallowed)]
    [TestCase(503, FetchReasons.RobotsDisallowed)]
    public async Task FetchAsync_RobotsAnswersWithError_AllowsOrForbids(int status, string? reason)
    {
        _site.Page("/robots.txt", "User-agent: *\nAllow: /", status: status);
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.EqualTo(reason));
        Assert.That(_site.CountOf("/p"), Is.EqualTo(reason is null ? 1 : 0));
    }

    [Test]
    public async Task FetchAsync_RobotsIsSilent_FailsWithThatReason()
    {
        _site.Map("/robots.txt", HostileSite.Silence);
        using var crawl = new CrawlFixture(options =>
        {
            options.FirstByteTimeout = TimeSpan.FromMilliseconds(100);
            options.MaxAttempts = 1;
        });

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That((page.FailureReason, _site.CountOf("/p")), Is.EqualTo((FetchReasons.TimedOut, 0)));
    }

    [Test]
    public async Task FetchAsync_RobotsRedirectsForEver_Allows()
    {
        _site.Redirect("/robots.txt", "/robots.txt?again");
        _site.Redirect("/robots.txt?again", "/robots.txt");
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.Null);
    }

    [Test]
    public async Task FetchAsync_RobotsRedirectsOnce_IsHeeded()
    {
        _site.Redirect("/robots.txt", "/real-robots");
        _site.Page("/real-robots", "User-agent: Marketline\nDisallow: /p");
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.RobotsDisallowed));
    }

    [Test]
    public async Task FetchAsync_RobotsOfFiveMegabytes_IsHeededAtItsBeginning()
    {
        var text = "User-agent: *\nDisallow: /p\n" + string.Concat(Enumerable.Repeat("Disallow: /x\n", 400_000)) + "Allow: /p\n";
        _site.Page("/robots.txt", text);
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.RobotsDisallowed));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    [TestCase("zstd")]
    public async Task FetchAsync_RobotsIsABomb_IsHeededAtItsBeginning(string coding)
    {
        byte[] bomb = [.. "User-agent: *\nDisallow: /p\n"u8, .. new byte[20_000_000]];
        _site.Page("/robots.txt", Codings.Compress(coding, bomb), $"Content-Encoding: {coding}\r\n");
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.RobotsDisallowed));
    }

    [Test]
    public async Task FetchAsync_RobotsHasNoEnd_IsHeededAtItsBeginning()
    {
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('\n', 65_536) + "\r\n");
        _site.Map("/robots.txt", async (stream, token) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\nUser-agent: *\nDisallow: /p\n\r\n"u8.ToArray(), token);
            while (true)
            {
                await stream.WriteAsync(chunk, token);
            }
        });
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.EqualTo(FetchReasons.RobotsDisallowed));
    }

    [Test]
    public async Task FetchAsync_RobotsIsNoise_Allows()
    {
        var noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        _site.Page("/robots.txt", noise);
        using var crawl = new CrawlFixture();

        var page = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That(page.FailureReason, Is.Null);
    }

    [Test]
    public async Task FetchAsync_ManyPages_ReadRobotsOnceUntilItIsADayOld()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        _site.Page("/robots.txt", "");
        using var crawl = new CrawlFixture(time: clock);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => crawl.FetchAsync(_site.Url("/p"))));
        var countBefore = _site.CountOf("/robots.txt");

        clock.Advance(TimeSpan.FromHours(24));
        await crawl.FetchAsync(_site.Url("/p"));

        Assert.That((countBefore, _site.CountOf("/robots.txt")), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task FetchAsync_RobotsFailedAMinuteAgo_IsReadAgain()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        _site.InTurn("/robots.txt", HostileSite.Status(500), HostileSite.Status(404));
        using var crawl = new CrawlFixture(options => options.MaxAttempts = 1, time: clock);
        var before = await crawl.FetchAsync(_site.Url("/p"));

        clock.Advance(TimeSpan.FromMinutes(1));
        var after = await crawl.FetchAsync(_site.Url("/p"));

        Assert.That((before.FailureReason, after.FailureReason), Is.EqualTo((FetchReasons.RobotsDisallowed, (string?)null)));
    }

    [Test]
    public async Task FetchAsync_RobotsItself_IsAlwaysAllowed()
    {
        _site.Page("/robots.txt", "User-agent: *\nDisallow: /\nSitemap: /s.xml");
        using var crawl = new CrawlFixture();

        var robots = await crawl.FetchAsync(_site.Url("/robots.txt"));

        Assert.That(Encoding.UTF8.GetString(robots.Body.Span), Does.Contain("/s.xml"));
    }
}
