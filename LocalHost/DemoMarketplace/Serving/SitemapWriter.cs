using System.Globalization;
using System.Text;
using Marketline.LocalHost.DemoMarketplace.Pages;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>Sitemaps as XML, after https://www.sitemaps.org/protocol.html.</summary>
internal static class SitemapWriter
{
    private const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private const string Namespace = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

    public static string Index(string baseUrl, IEnumerable<SitemapFile> files)
    {
        var xml = new StringBuilder(Declaration).Append(CultureInfo.InvariantCulture, $"<sitemapindex {Namespace}>\n");
        foreach (var file in files)
        {
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<sitemap><loc>{Html.Text(baseUrl + file.Path)}</loc></sitemap>\n"
            );
        }

        return xml.Append("</sitemapindex>\n").ToString();
    }

    public static async Task WriteAsync(
        Stream target,
        string baseUrl,
        IEnumerable<SitemapEntry> entries,
        CancellationToken cancellationToken
    )
    {
        await using var xml = new StreamWriter(target, new UTF8Encoding(false), bufferSize: 1 << 16, leaveOpen: true);
        await xml.WriteAsync($"{Declaration}<urlset {Namespace}>\n".AsMemory(), cancellationToken);
        foreach (var entry in entries)
        {
            var modified = entry.LastModified is { } day ? $"<lastmod>{day:yyyy-MM-dd}</lastmod>" : "";
            await xml.WriteAsync(
                $"<url><loc>{Html.Text(baseUrl + entry.Path)}</loc>{modified}</url>\n".AsMemory(),
                cancellationToken
            );
        }

        await xml.WriteAsync("</urlset>\n".AsMemory(), cancellationToken);
    }
}
