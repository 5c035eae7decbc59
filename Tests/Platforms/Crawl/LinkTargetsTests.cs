using Marketline.Core.Crawl;
using Marketline.Platforms;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

public sealed class LinkTargetsTests
{
    private HostileSite _site = null!;
    private CrawlFixture _crawl = null!;

    [SetUp]
    public void SetUp()
    {
        _site = new HostileSite();
        _crawl = new CrawlFixture(options => options.MaxAttempts = 1);
    }

    [TearDown]
    public async Task TearDown()
    {
        _crawl.Dispose();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task ReadAsync_CategoriesInCategories_GivesEachProductOnce()
    {
        _site.Page("/", "<a href='/c/1'>1</a><a href='c/2#top'>2</a><a href='https://other.example/p/9'>9</a><a rel='ugc nofollow' href='/p/8'>8</a>");
        _site.Page("/c/1", "<a href='/p/1'>1</a><a href='/p/2?utm_source=x'>2</a><a href='/c/1'>again</a><a href='javascript:x()'>x</a>");
        _site.Page("/c/2", "<base href='/deep/'><a href='../p/2'>2</a><a href='../c/3'>3</a>");

        var targets = await ReadAsync(maxPageCount: 10);

        Assert.That(targets.Select(target => target.Url), Is.EquivalentTo(new[] { _site.Url("/p/1"), _site.Url("/p/2") }));
        Assert.That(_site.CountOf("/c/1"), Is.EqualTo(1));
    }

    [Test]
    public async Task ReadAsync_EndlessCategories_StopsAtTheBound()
    {
        for (var i = 0; i < 30; i++)
        {
            _site.Page(i == 0 ? "/" : $"/c/{i}", $"<a href='/c/{i + 1}'>next</a><a href='/c/{i + 100}'>gone</a><a href='/p/{i}'>p</a>");
        }

        var targets = await ReadAsync(maxPageCount: 5);

        Assert.That(targets, Has.Count.EqualTo(3));
        Assert.That(_site.Requests.Where(path => path != "/robots.txt"), Has.Exactly(5).Items);
    }

    [Test]
    public async Task ReadAsync_FrontPageFails_Throws()
    {
        var error = await Assert.ThrowsAsync<TargetPlanningException>(() => ReadAsync(maxPageCount: 5));

        Assert.That(error!.Message, Does.Contain(FetchReasons.NotFound));
    }

    private async Task<List<CrawlTarget>> ReadAsync(int maxPageCount)
    {
        using var fetcher = _crawl.Fetchers.Create(throttle: null);
        var targets = new List<CrawlTarget>();
        var stream = LinkTargets.ReadAsync(
            new SitePlan(_site.Root),
            address => address.AbsolutePath.StartsWith("/p/", StringComparison.Ordinal),
            address => address.AbsolutePath.StartsWith("/c/", StringComparison.Ordinal),
            maxPageCount,
            fetcher,
            CancellationToken.None
        );
        await foreach (var target in stream)
        {
            targets.Add(target);
        }

        return targets;
    }
}
