using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>Sites that fail again and again: pauses, probes, giving up.</summary>
public sealed class BatchCrawlerPauseTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private HostileSite _site = null!;
    private ManualTimeProvider _clock = null!;
    private CrawlFixture _crawl = null!;
    private List<FetchedPage> _pages = null!;

    [SetUp]
    public void SetUp()
    {
        _site = new HostileSite();
        _clock = new ManualTimeProvider(Start);
        _pages = [];
        _crawl = new CrawlFixture(
            options =>
            {
                options.MaxAttempts = 1;
                options.MaxConcurrencyPerSite = 2;
                options.FailuresBeforePause = 5;
                options.MaxPauses = 2;
            },
            time: _clock
        );
    }

    [TearDown]
    public async Task TearDown()
    {
        _crawl.Dispose();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task CrawlAsync_SiteFailsInARow_PausesAndGivesTheRestBack()
    {
        Fail(0, 100);

        var result = await CrawlAsync(Frontier(100), null);

        Assert.That((result.End, result.NextAllowedUtc), Is.EqualTo((BatchCrawlEnd.SitePaused, Start + _crawl.Options.PauseDelay)));
        Assert.That(result.PageCount, Is.InRange(5, 6));
        Assert.That(result.Frontier.Remaining.Count + result.PageCount, Is.EqualTo(100));
    }

    [Test]
    public async Task CrawlAsync_SiteStaysDown_IsGivenUpAfterItsPausesAndEveryTargetHasItsReason()
    {
        Fail(0, 100);

        var result = await CrawlToTheEndAsync(Frontier(100));

        Assert.That((result.End, _pages.Count, result.Frontier.Remaining.Count), Is.EqualTo((BatchCrawlEnd.Completed, 100, 0)));
        Assert.That(_pages.Select(page => page.FailureReason), Is.All.EqualTo(FetchReasons.HttpError));
        Assert.That(_pages.Select(page => page.Url), Is.Unique);
        Assert.That(_site.Requests, Has.Count.LessThan(12));
    }

    [Test]
    public async Task CrawlAsync_SiteComesBack_GoesOnAtFullWidth()
    {
        Fail(0, 6);
        Answer(6, 100);

        var result = await CrawlToTheEndAsync(Frontier(100));

        Assert.That((_pages.Count, _pages.Count(page => page.FailureReason is null)), Is.EqualTo((100, 94)));
        Assert.That(result.Throttle, Is.EqualTo(new SiteThrottleState { NextRequestUtc = result.Throttle.NextRequestUtc }));
    }

    [Test]
    public async Task CrawlAsync_NextBatchOfASiteGivenUp_ProbesOnce()
    {
        Fail(0, 100);
        var before = await CrawlToTheEndAsync(Frontier(50));
        var countBefore = _site.Requests.Count;

        var result = await CrawlAsync(CrawlFrontier.Start(Enumerable.Range(50, 50).Select(Target)), before.Throttle);

        Assert.That((result.End, _pages.Count), Is.EqualTo((BatchCrawlEnd.Completed, 100)));
        Assert.That(_site.Requests, Has.Count.EqualTo(countBefore + 1));
    }

    [Test]
    public async Task CrawlAsync_AlwaysSentAwayByRetryAfter_IsGivenUpToo()
    {
        for (var i = 0; i < 20; i++)
        {
            _site.Map($"/p/{i}", HostileSite.Status(429, "Retry-After: 3600\r\n"));
        }

        _crawl.Options.MaxAttempts = 3;

        var result = await CrawlToTheEndAsync(Frontier(20));

        Assert.That((result.End, _pages.Count), Is.EqualTo((BatchCrawlEnd.Completed, 20)));
        Assert.That(_pages.Select(page => page.FailureReason), Is.All.EqualTo(FetchReasons.Blocked));
    }

    private async Task<BatchCrawlResult> CrawlToTheEndAsync(CrawlFrontier frontier)
    {
        SiteThrottleState? throttle = null;
        for (var part = 0; ; part++)
        {
            var result = await CrawlAsync(frontier, throttle);
            if (result.End == BatchCrawlEnd.Completed || part > 20)
            {
                return result;
            }

            (frontier, throttle) = (result.Frontier, result.Throttle);
            _clock.Advance(result.NextAllowedUtc - _clock.GetUtcNow());
        }
    }

    private Task<BatchCrawlResult> CrawlAsync(CrawlFrontier frontier, SiteThrottleState? throttle) =>
        _crawl.Batches.CrawlAsync(
            new BatchCrawlRequest { Frontier = frontier, Throttle = throttle, DeadlineUtc = _clock.GetUtcNow().AddMinutes(3) },
            (page, _) =>
            {
                _pages.Add(page);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None
        );

    private void Fail(int from, int to) => Each(from, to, path => _site.Page(path, "", status: 503));

    private void Answer(int from, int to) => Each(from, to, path => _site.Page(path, "x"));

    private static void Each(int from, int to, Action<string> map)
    {
        for (var i = from; i < to; i++)
        {
            map($"/p/{i}");
        }
    }

    private CrawlFrontier Frontier(int count) => CrawlFrontier.Start(Enumerable.Range(0, count).Select(Target));

    private CrawlTarget Target(int number) => new(_site.Url($"/p/{number}"));
}
