using System.Diagnostics;
using System.Text;
using Marketline.Platforms;
using Marketline.Platforms.Crawl;

namespace Marketline.Tests.Platforms.Crawl;

/// <summary>How much memory planning takes for large sites. Explicit: it measures, and takes a while.</summary>
[Explicit("Measures for a minute.")]
public sealed class PlanningMemoryTests
{
    private const int UrlsPerSitemap = 50_000;

    [TestCase(100_000)]
    [TestCase(1_000_000)]
    public async Task ReadAsync_LargeSite_TakesLittleMoreMemoryThanASmallOne(int urlCount)
    {
        await using var site = new HostileSite();
        var index = new StringBuilder("<sitemapindex>");
        for (var first = 0; first < urlCount; first += UrlsPerSitemap)
        {
            var (path, start) = ($"/s{first}.xml", first);
            index.Append("<sitemap><loc>").Append(site.Url(path)).Append("</loc></sitemap>");
            site.Map(path, (stream, token) => HostileSite.Status(200, "Content-Type: application/xml\r\n", Sitemap(site, start))(stream, token));
        }

        site.Page("/sitemap.xml", index.Append("</sitemapindex>").ToString());
        using var crawl = new CrawlFixture();
        using var fetcher = crawl.Fetchers.Create(throttle: null);
        var (count, peak) = (0, 0L);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var startedAt = Stopwatch.GetTimestamp();
        await foreach (var _ in crawl.Sitemaps.ReadAsync(new SitePlan(site.Root), _ => true, fetcher, CancellationToken.None))
        {
            if (++count % 50_000 == 0)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        TestContext.Out.WriteLine($"{count} addresses: {peak / 1_048_576.0:F1} MB held at the peak, {count / elapsed.TotalSeconds:F0} addresses/s");
        Assert.That(count, Is.EqualTo(urlCount));
        Assert.That(peak, Is.LessThan(60L * 1_048_576));
    }

    [TestCase(100_000)]
    [TestCase(1_000_000)]
    [TestCase(5_000_000)]
    public void Add_ManyAddresses_TakesAsLongForEach(int count)
    {
        using var set = new AddressSet();
        var before = Environment.CpuUsage.TotalTime;

        for (var i = 0; i < count; i++)
        {
            set.Add($"https://shop.example/products/a-kettle-of-some-kind-{i}");
        }

        var each = (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count;
        TestContext.Out.WriteLine($"{count} addresses: {each:F2} µs of a core for each");
        Assert.That(set.Add("https://shop.example/products/a-kettle-of-some-kind-0"), Is.False);
    }

    private static string Sitemap(HostileSite site, int first)
    {
        var text = new StringBuilder("<urlset>");
        for (var i = first; i < first + UrlsPerSitemap; i++)
        {
            text.Append("<url><loc>").Append(site.Root).Append("products/a-kettle-of-some-kind-").Append(i).Append("</loc></url>");
        }

        return text.Append("</urlset>").ToString();
    }
}
