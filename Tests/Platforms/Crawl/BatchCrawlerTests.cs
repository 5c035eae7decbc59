using System.Globalization;
using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class BatchCrawlerTests
{
    /// <summary>How many have to come before the crawler knows that the pages are small.</summary>
    private const int FirstPages = 4;

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
        _crawl = new CrawlFixture(
            options =>
            {
                options.MaxAttempts = 1;
                options.FirstByteTimeout = options.FetchTimeout = TimeSpan.FromMinutes(5);
            },
            time: _clock
        );
        _pages = [];
    }

    [TearDown]
    public async Task TearDown()
    {
        _crawl.Dispose();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task CrawlAsync_PagesAnswerInAnyOrder_SinkGetsThemInTheirs()
    {
        var release = new TaskCompletionSource();
        for (var i = 0; i < 50; i++)
        {
            _site.Page($"/p/{i}", $"page {i}");
        }

        _site.InTurn("/p/0", async (stream, token) =>
        {
            await release.Task;
            await HostileSite.Status(200, body: "late")(stream, token);
        });
        _site.InTurn("/p/49", async (stream, token) =>
        {
            release.SetResult();
            await HostileSite.Status(200, body: "last")(stream, token);
        });

        var result = await CrawlAsync(Request(50));

        Assert.That(_pages.Select(page => page.Url), Is.EqualTo(Targets(50).Select(target => target.Url)));
        Assert.That((result.End, result.PageCount, result.ErrorCount), Is.EqualTo((BatchCrawlEnd.Completed, 50, 0)));
        Assert.That(_site.MostUnderWay, Is.LessThanOrEqualTo(_crawl.Options.MaxConcurrencyPerSite));
    }

    [Test]
    public async Task CrawlAsync_LargePages_FewAtATime()
    {
        var body = new string('x', 9 << 20);
        for (var i = 0; i < 8; i++)
        {
            _site.Map($"/p/{i}", HostileSite.Status(200, body: body));
        }

        await CrawlAsync(Request(8));

        Assert.That(_pages.Select(page => page.Body.Length), Is.All.EqualTo(body.Length));
        Assert.That(_site.MostUnderWay, Is.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task CrawlAsync_ManySlowPages_NeverMoreAtATimeThanTheBound()
    {
        var waiting = 0;
        var release = new TaskCompletionSource();
        for (var i = FirstPages; i < 30; i++)
        {
            _site.Map($"/p/{i}", async (stream, token) =>
            {
                if (Interlocked.Increment(ref waiting) == _crawl.Options.MaxConcurrencyPerSite)
                {
                    release.SetResult();
                }

                await release.Task;
                await HostileSite.Status(200)(stream, token);
            });
        }

        for (var i = 0; i < FirstPages; i++)
        {
            _site.Map($"/p/{i}", HostileSite.Status(200));
        }

        await CrawlAsync(Request(30));

        Assert.That(_site.MostUnderWay, Is.EqualTo(_crawl.Options.MaxConcurrencyPerSite));
    }

    [Test]
    public async Task CrawlAsync_TimeBoxEnds_GoesOnFromTheCursorWithoutFetchingTwice()
    {
        for (var i = 0; i < 60; i++)
        {
            _site.Map($"/p/{i}", async (stream, token) =>
            {
                _clock.Advance(TimeSpan.FromSeconds(10));
                await HostileSite.Status(200, body: "x")(stream, token);
            });
        }

        var request = Request(60);
        var parts = 0;
        for (var end = BatchCrawlEnd.TimeBox; end == BatchCrawlEnd.TimeBox; parts++)
        {
            var result = await CrawlAsync(request);
            end = result.End;
            request = request with { Frontier = Stored(result.Frontier), Throttle = Stored(result.Throttle), DeadlineUtc = _clock.GetUtcNow().AddMinutes(3) };
        }

        Assert.That(parts, Is.GreaterThan(2));
        Assert.That(_pages.Select(page => page.Url), Is.EqualTo(Targets(60).Select(target => target.Url)));
        Assert.That(_site.Requests.Where(path => path != "/robots.txt"), Is.Unique.And.Exactly(60).Items);
    }

    [Test]
    public async Task CrawlAsync_PagesLeadToPages_FetchesEachOnceAlsoAcrossParts()
    {
        for (var i = 0; i < 40; i++)
        {
            _site.Page($"/p/{i}", "x");
        }

        var request = Request(1) with { FollowUps = FollowUps, MaxPageCount = 15 };
        for (var end = BatchCrawlEnd.Budget; end == BatchCrawlEnd.Budget; )
        {
            var result = await CrawlAsync(request);
            (end, request) = (result.End, request with { Frontier = Stored(result.Frontier) });
        }

        Assert.That(_site.Requests.Where(path => path != "/robots.txt"), Is.Unique.And.Exactly(40).Items);
        Assert.That(_pages, Has.Count.EqualTo(40));

        IEnumerable<CrawlTarget> FollowUps(FetchedPage page)
        {
            var number = Number(page.Url);
            return new[] { 0, number, number * 2 + 1, number * 2 + 2 }.Where(n => n < 40).Select(Target);
        }
    }

    [Test]
    public async Task CrawlAsync_OtherBatchHasAPage_AsksOnceForAllThatWasFoundAndLeavesItOut()
    {
        for (var i = 0; i < 8; i++)
        {
            _site.Page($"/p/{i}", "x");
        }

        var asked = new List<int>();
        var request = Request(2) with { FollowUps = FollowUps, Unseen = UnseenAsync };
        var result = await CrawlAsync(request);

        Assert.That(result.End, Is.EqualTo(BatchCrawlEnd.Completed));
        Assert.That(asked, Is.EqualTo(new[] { 4, 2 }));
        Assert.That(_pages.Select(page => Number(page.Url)), Is.EqualTo(new[] { 0, 1, 2, 4, 6 }));

        IEnumerable<CrawlTarget> FollowUps(FetchedPage page) =>
            Number(page.Url) switch
            {
                0 => new[] { 1, 2, 3, 4 }.Select(Target),
                1 => new[] { 4, 5 }.Select(Target),
                2 => new[] { 0, 6, 7 }.Select(Target),
                _ => [],
            };

        Task<IReadOnlyList<CrawlTarget>> UnseenAsync(IReadOnlyList<CrawlTarget> found, CancellationToken cancellationToken)
        {
            asked.Add(found.Count);
            return Task.FromResult<IReadOnlyList<CrawlTarget>>([.. found.Where(target => Number(target.Url) is not (3 or 5 or 7))]);
        }
    }

    [Test]
    public async Task CrawlAsync_BudgetEndsWhereAPageLeadsOn_LeavesOnlyWhatNoOtherBatchHas()
    {
        _site.Page("/p/0", "x");
        var request = Request(1) with
        {
            MaxPageCount = 1,
            FollowUps = _ => [Target(1), Target(2)],
            Unseen = (found, _) => Task.FromResult<IReadOnlyList<CrawlTarget>>([.. found.Where(target => target == Target(2))]),
        };

        var result = await CrawlAsync(request);

        Assert.That(result.End, Is.EqualTo(BatchCrawlEnd.Budget));
        Assert.That(result.Frontier.Remaining, Is.EqualTo(new[] { Target(2) }));
    }

    [Test]
    public async Task CrawlAsync_SameTargetTwice_IsFetchedOnce()
    {
        _site.Page("/p/0", "x");

        var result = await CrawlAsync(Request(0) with { Frontier = new CrawlFrontier([Target(0), Target(0)], []) });

        Assert.That((result.PageCount, _site.CountOf("/p/0")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task CrawlAsync_StoppedOnTheWay_FinishesWhatIsUnderWayAndGivesBackTheRest()
    {
        for (var i = 0; i < 40; i++)
        {
            _site.Page($"/p/{i}", "x");
        }

        var result = await CrawlAsync(Request(40) with { IsStopped = () => _pages.Count > 0 });

        Assert.That(result.End, Is.EqualTo(BatchCrawlEnd.Stopped));
        Assert.That(result.PageCount, Is.InRange(1, 20));
        Assert.That(result.Frontier.Remaining, Has.Count.EqualTo(40 - result.PageCount));
        Assert.That(_pages, Has.Count.EqualTo(result.PageCount));
    }

    [Test]
    public async Task CrawlAsync_BytesUsedUp_GivesBackTheRest()
    {
        for (var i = 0; i < 40; i++)
        {
            _site.Page($"/p/{i}", new byte[1_000]);
        }

        var result = await CrawlAsync(Request(40) with { MaxByteCount = 5_000 });

        Assert.That(result.End, Is.EqualTo(BatchCrawlEnd.Budget));
        Assert.That(result.PageCount, Is.InRange(5, 5 + _crawl.Options.MaxConcurrencyPerSite));
        Assert.That(result.Frontier.Remaining.Count + result.PageCount, Is.EqualTo(40));
    }

    [TestCase("600")]
    [TestCase("Sun, 01 Mar 2026 00:10:00 GMT")]
    public async Task CrawlAsync_RetryAfterBeyondTheTimeBox_GivesTheRestBackWithTheTime(string retryAfter)
    {
        _site.Map("/p/0", HostileSite.Status(429, $"Retry-After: {retryAfter}\r\n"));
        _crawl.Options.MaxAttempts = 3;

        var result = await CrawlAsync(Request(5));

        Assert.That((result.End, result.Frontier.Remaining.Count + result.PageCount), Is.EqualTo((BatchCrawlEnd.SitePaused, 5)));
        Assert.That(result.Frontier.Remaining[0], Is.EqualTo(Target(0)));
        Assert.That(result.NextAllowedUtc, Is.EqualTo(Start.AddMinutes(10)));
        Assert.That(_site.CountOf("/p/0"), Is.EqualTo(1));
    }

    [Test]
    public void CrawlAsync_SinkFails_EndsWithItsErrorAndNothingRunning()
    {
        for (var i = 0; i < 30; i++)
        {
            _site.Map($"/p/{i}", i == 0 ? HostileSite.Status(200) : HostileSite.Silence);
        }

        var crawl = _crawl.Batches.CrawlAsync(Request(30), (_, _) => throw new InvalidOperationException("full"), CancellationToken.None);

        Assert.That(async () => await crawl, Throws.InvalidOperationException.With.Message.EqualTo("full"));
    }

    private Task<BatchCrawlResult> CrawlAsync(BatchCrawlRequest request) =>
        _crawl.Batches.CrawlAsync(
            request,
            (page, _) =>
            {
                _pages.Add(page);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None
        );

    private BatchCrawlRequest Request(int count) =>
        new() { Frontier = CrawlFrontier.Start(Targets(count)), DeadlineUtc = Start.AddMinutes(3) };

    private IEnumerable<CrawlTarget> Targets(int count) => Enumerable.Range(0, count).Select(Target);

    private CrawlTarget Target(int number) => new(_site.Url($"/p/{number}"));

    private static int Number(string url) => int.Parse(url.Split('/')[^1], CultureInfo.InvariantCulture);

    /// <summary>As it travels between two parts of a batch.</summary>
    private static T Stored<T>(T value) => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value))!;
}
