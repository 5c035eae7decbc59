using System.Net.Sockets;
using Marketline.Core.Crawl;
using Marketline.Platforms.Crawl;
using Marketline.Platforms.Render;
using Marketline.Tests.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Render;

/// <summary>A site counts what it works on at a time: pages and their parts together.</summary>
[NeedsBrowser]
public sealed class RenderConcurrencyTests
{
    private const int PageCount = 12;
    private const int Allowed = 3;

    [Test]
    public async Task CrawlAsync_PagesWithManyParts_SiteSeesNoMoreThanItsConcurrency()
    {
        await using var site = new HostileSite();
        await using var fixture = new RenderFixture(options => (options.MaxConcurrency, options.Timeout, options.SettleTimeout) = (3, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1)));
        fixture.Crawl.Value.MaxConcurrencyPerSite = Allowed;
        for (var page = 0; page < PageCount; page++)
        {
            var parts = string.Concat(Enumerable.Range(0, 6).Select(part => $"fetch('/data/{page}/{part}');"));
            site.Map($"/p/{page}", Slowly($"<!doctype html><title>page</title><script>{parts}</script>"));
            for (var part = 0; part < 6; part++)
            {
                site.Map($"/data/{page}/{part}", Slowly("data"));
            }
        }

        var pages = new List<FetchedPage>();
        await fixture.Batches.CrawlAsync(
            new BatchCrawlRequest
            {
                Frontier = CrawlFrontier.Start([.. Enumerable.Range(0, PageCount).Select(page => new CrawlTarget(site.Url($"/p/{page}")))]),
                DeadlineUtc = DateTimeOffset.UtcNow.AddMinutes(5),
                Render = RenderWish.Always,
            },
            (page, _) =>
            {
                pages.Add(page);
                return ValueTask.CompletedTask;
            },
            CancellationToken.None
        );

        Assert.Multiple(() =>
        {
            Assert.That(pages.Select(page => page.IsRendered), Has.Exactly(PageCount).True);
            Assert.That(site.Requests.Count(request => request.StartsWith("/data/", StringComparison.Ordinal)), Is.EqualTo(PageCount * 6));
            Assert.That(site.MostUnderWay, Is.LessThanOrEqualTo(Allowed).And.GreaterThan(1));
        });
    }

    /// <summary>A site that takes its time, so that what is asked at once meets.</summary>
    private static Func<NetworkStream, CancellationToken, Task> Slowly(string body) =>
        async (stream, token) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(30), token);
            await HostileSite.Status(200, "Content-Type: text/html\r\n", body)(stream, token);
        };
}
