using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Core.Naming;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>Pages that an earlier run has read: the site is asked for changes, and what has not changed comes without a body.</summary>
public sealed class ConditionalFetchTests
{
    private const string Modified = "Sat, 21 Nov 2026 03:15:00 GMT";

    private HostileSite _site = null!;
    private CrawlFixture _crawl = null!;

    [SetUp]
    public void SetUp() => (_site, _crawl) = (new HostileSite(), new CrawlFixture());

    [TearDown]
    public async Task TearDownAsync()
    {
        _crawl.Dispose();
        await _site.DisposeAsync();
    }

    [Test]
    public async Task FetchAsync_NotModified_IsTheKnownPageWithoutABody()
    {
        _site.Map("/p", HostileSite.Status(304, "ETag: \"v1\"\r\n"));
        var known = Known("old body", "\"v1\"", Modified);

        var page = (await FetchAsync(known)).Single();

        Assert.That(_site.LastHead, Does.Contain("If-None-Match: \"v1\"\r\n").And.Contain($"If-Modified-Since: {Modified}\r\n"));
        Assert.That((page.FailureReason, page.StatusCode, page.Body.Length), Is.EqualTo(((string?)null, 304, 0)));
        Assert.That(page.Known!.Objects, Is.EqualTo(known.Objects));
    }

    [Test]
    public async Task FetchAsync_SameBodyAgain_IsTheKnownPageUnderItsNewTag()
    {
        _site.Page("/p", "the body", "ETag: \"v2\"\r\n");

        var page = (await FetchAsync(Known("the body", "\"v1\"", Modified))).Single();

        Assert.That((page.StatusCode, page.Body.Length), Is.EqualTo((200, 0)));
        Assert.That((page.Known!.Version.ETag, page.Known.Version.LastModified), Is.EqualTo(("\"v2\"", Modified)));
    }

    [Test]
    public async Task FetchAsync_AnotherBody_IsAPageWithItsTags()
    {
        _site.Page("/p", "new body", $"ETag: W/\"v2\"\r\nLast-Modified: {Modified}\r\n");

        var page = (await FetchAsync(Known("old body", "\"v1\"", null))).Single();

        Assert.That((page.Known, page.Body.Length, page.ETag, page.LastModified), Is.EqualTo(((KnownPage?)null, 8, "W/\"v2\"", Modified)));
    }

    [Test]
    public async Task FetchAsync_NotModifiedWithoutHavingBeenAsked_IsAProtocolError()
    {
        _site.Map("/p", HostileSite.Status(304));

        var pages = new[] { (await FetchAsync(null)).Single(), (await FetchAsync(Known("old body", null, null))).Single() };

        Assert.That(pages.Select(page => (page.FailureReason, page.Known)), Is.All.EqualTo((FetchReasons.ProtocolError, (KnownPage?)null)));
    }

    [Test]
    public async Task FetchAsync_Redirected_NeitherAsksNorRemembersForAnotherAddress()
    {
        _site.Redirect("/p", "/q");
        _site.Page("/q", "elsewhere", "ETag: \"q\"\r\n");

        var page = (await FetchAsync(Known("old body", "\"v1\"", null))).Single();

        Assert.That(_site.LastHead, Does.StartWith("GET /q ").And.Not.Contain("If-None-Match"));
        Assert.That((page.Body.Length, page.ETag), Is.EqualTo((9, (string?)null)));
    }

    [Test]
    public async Task CrawlAsync_NotModified_LeadsWhereThePageHasLed()
    {
        _site.Map("/p", HostileSite.Status(304));
        _site.Page("/p?page=2", "the second");
        var known = Known("old body", "\"v1\"", null);
        known = known with { Version = known.Version with { FollowUps = [_site.Url("/p?page=2")] } };

        var pages = await FetchAsync(known);

        Assert.That(pages.Select(page => page.Url), Is.EqualTo(new[] { _site.Url("/p"), _site.Url("/p?page=2") }));
    }

    [Test]
    public async Task FetchAsync_TagWithALineBreakOrTooLong_IsNotKept()
    {
        _site.Page("/p", "body", $"ETag: \"{new string('x', 600)}\"\r\n");

        var page = (await FetchAsync(null)).Single();

        Assert.That(page.ETag, Is.Null);
    }

    private static KnownPage Known(string body, string? etag, string? lastModified) =>
        new(
            new PageVersion(etag, lastModified, Digest.Of(body), DateTimeOffset.UnixEpoch, []),
            null,
            [new KnownObject(Digest.Of("a"), ObjectType.Offer, null, null)]
        );

    private async Task<List<FetchedPage>> FetchAsync(KnownPage? known)
    {
        var pages = new List<FetchedPage>();
        var request = new BatchCrawlRequest
        {
            Frontier = CrawlFrontier.Start([new CrawlTarget(_site.Url("/p"))]),
            DeadlineUtc = DateTimeOffset.UtcNow.AddMinutes(1),
            Known = target => target.Url == _site.Url("/p") ? known : null,
            FollowUps = _ => [],
        };
        await _crawl.Batches.CrawlAsync(
            request,
            (page, _) =>
            {
                pages.Add(page);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None
        );
        return pages;
    }
}
