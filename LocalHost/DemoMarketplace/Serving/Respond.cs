using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Marketline.LocalHost.DemoMarketplace.Pages;
using Marketline.LocalHost.DemoMarketplace.Shops;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>The ways an answer goes out.</summary>
internal static class Respond
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    private static readonly byte[] Css = Encoding.ASCII.GetBytes($"<style>\n{SiteStyle.Css}</style>\n");

    /// <summary>
    /// A page with its padding, straight into the connection's buffer: the padding is never copied anywhere else.
    /// </summary>
    public static async Task PageAsync(
        HttpContext context,
        Site site,
        HtmlPage page,
        PageCharset charset,
        bool compress
    )
    {
        var start =
            $"<!doctype html>\n<html lang=\"{site.Style.Profile.Language}\">\n<head>\n<meta charset=\"{charset.Meta}\">\n"
            + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + page.Head;
        var middle = $"</head>\n<body{page.BodyAttributes}>\n{page.Body}";
        const string end = "</body>\n</html>\n";
        var response = context.Response;
        response.ContentType = charset.Header is { } header ? $"text/html; charset={header}" : "text/html";
        if (compress)
        {
            response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(charset.Encoding.GetBytes(start), context.RequestAborted);
            await gzip.WriteAsync(Css, context.RequestAborted);
            await gzip.WriteAsync(site.Padding.Head, context.RequestAborted);
            await gzip.WriteAsync(charset.Encoding.GetBytes(middle), context.RequestAborted);
            await gzip.WriteAsync(site.Padding.Body, context.RequestAborted);
            await gzip.WriteAsync(charset.Encoding.GetBytes(end), context.RequestAborted);
            return;
        }

        var encoding = charset.Encoding;
        response.ContentLength =
            encoding.GetByteCount(start)
            + encoding.GetByteCount(middle)
            + end.Length
            + Css.Length
            + site.Padding.Head.Length
            + site.Padding.Body.Length;
        var writer = response.BodyWriter;
        await response.StartAsync(context.RequestAborted);
        encoding.GetBytes(start, writer);
        System.Buffers.BuffersExtensions.Write(writer, Css);
        System.Buffers.BuffersExtensions.Write(writer, site.Padding.Head.Span);
        encoding.GetBytes(middle, writer);
        System.Buffers.BuffersExtensions.Write(writer, site.Padding.Body.Span);
        encoding.GetBytes(end, writer);
        await writer.FlushAsync(context.RequestAborted);
    }

    public static Task TextAsync(HttpContext context, string text, string contentType) =>
        BytesAsync(context, Encoding.UTF8.GetBytes(text), contentType);

    public static Task JsonAsync(HttpContext context, JsonNode node) =>
        BytesAsync(context, Encoding.UTF8.GetBytes(node.ToJsonString(Json)), "application/json; charset=utf-8");

    public static Task StatusAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return TextAsync(context, text + "\n", "text/plain; charset=utf-8");
    }

    public static async Task SitemapAsync(HttpContext context, string baseUrl, SitemapFile file)
    {
        if (file.Entries is null)
        {
            await StatusAsync(context, StatusCodes.Status404NotFound, "No such sitemap.");
            return;
        }

        context.Response.ContentType = file.IsCompressed ? "application/gzip" : "application/xml; charset=utf-8";
        if (!file.IsCompressed)
        {
            await SitemapWriter.WriteAsync(context.Response.Body, baseUrl, file.Entries, context.RequestAborted);
            return;
        }

        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        await SitemapWriter.WriteAsync(gzip, baseUrl, file.Entries, context.RequestAborted);
    }

    private static async Task BytesAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
