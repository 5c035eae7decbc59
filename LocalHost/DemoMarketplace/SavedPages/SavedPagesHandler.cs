using System.Globalization;
using System.IO.Compression;
using Marketline.LocalHost.DemoMarketplace.Serving;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.SavedPages;

/// <summary>Answers the requests for saved pages, and makes a site of them: robots.txt and sitemaps.</summary>
internal sealed class SavedPagesHandler(IReadOnlyDictionary<string, SavedPage> pages)
{
    /// <summary>The most that a sitemap may list (https://www.sitemaps.org/protocol.html).</summary>
    private const int SitemapSize = 50_000;

    private const string Text = "text/plain; charset=utf-8";
    private const string Xml = "application/xml; charset=utf-8";

    private readonly SitemapFile[] _sitemaps =
    [
        .. pages
            .Keys.Chunk(SitemapSize)
            .Select(
                (paths, i) =>
                    new SitemapFile(
                        string.Create(CultureInfo.InvariantCulture, $"/sitemap-{i + 1}.xml"),
                        paths.Select(path => new SitemapEntry(path))
                    )
            ),
    ];

    public Task HandleAsync(HttpContext context)
    {
        var target = Target.Of(context);
        var baseUrl = SavedPagesServer.AddressOf(context.Connection.LocalPort);
        if (target == "/robots.txt")
        {
            return Respond.TextAsync(context, $"User-agent: *\nAllow: /\n\nSitemap: {baseUrl}/sitemap.xml\n", Text);
        }

        if (target == "/sitemap.xml")
        {
            return Respond.TextAsync(context, SitemapWriter.Index(baseUrl, _sitemaps), Xml);
        }

        if (_sitemaps.FirstOrDefault(sitemap => sitemap.Path == target) is { } file)
        {
            return Respond.SitemapAsync(context, baseUrl, file);
        }

        return MirrorPath.OfRequest(target) is { } path && pages.TryGetValue(path, out var page)
            ? PageAsync(context, page)
            : Respond.StatusAsync(
                context,
                StatusCodes.Status404NotFound,
                $"No saved page has this address. See {baseUrl}/sitemap.xml"
            );
    }

    /// <summary>Without a charset: what the original header said was not saved.</summary>
    private static async Task PageAsync(HttpContext context, SavedPage page)
    {
        context.Response.ContentType = "text/html";
        context.Response.Headers.Link = $"<{page.OriginalUrl}>; rel=\"original\"";
        await using var file = File.OpenRead(page.FilePath);
        if (!page.FilePath.EndsWith(".gz", StringComparison.Ordinal))
        {
            await file.CopyToAsync(context.Response.Body, context.RequestAborted);
            return;
        }

        await using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        await unpacked.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
