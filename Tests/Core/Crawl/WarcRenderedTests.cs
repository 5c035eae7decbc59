using Marketline.Core.Crawl;

namespace Marketline.Tests.Core.Crawl;

public sealed class WarcRenderedTests
{
    [Test]
    public async Task ReadPagesAsync_PagesAsSentAndRendered_AreTold()
    {
        using var archive = new MemoryStream();
        using (var writer = new WarcWriter(archive))
        {
            await writer.WriteAsync(Page("https://shop.example/a", isRendered: false), CancellationToken.None);
            await writer.WriteAsync(Page("https://shop.example/b", isRendered: true), CancellationToken.None);
        }

        archive.Position = 0;
        var pages = await new WarcReader(archive).ReadPagesAsync(CancellationToken.None).ToListAsync();

        Assert.That(pages.Select(page => page.IsRendered), Is.EqualTo((bool[])[false, true]));
    }

    private static FetchedPage Page(string url, bool isRendered) =>
        new()
        {
            Url = url,
            FinalUrl = url,
            FetchedUtc = DateTimeOffset.UnixEpoch,
            StatusCode = 200,
            ContentType = "text/html; charset=utf-8",
            Body = "<p>x</p>"u8.ToArray(),
            IsRendered = isRendered,
        };
}
