using System.Text;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Extract;

namespace Marketline.Tests.Platforms.Extract;

/// <summary>Fetched pages from text, for tests of extraction.</summary>
internal static class Pages
{
    public const string Url = "https://shop.example/p/blue-pen-100234.html";

    public static FetchedPage Html(string html, string contentType = "text/html; charset=utf-8", string url = Url) => Bytes(Encoding.UTF8.GetBytes(html), contentType, url);

    public static FetchedPage Bytes(byte[] body, string contentType = "text/html", string url = Url) =>
        new() { Url = url, FinalUrl = url, FetchedUtc = DateTimeOffset.UnixEpoch, StatusCode = 200, ContentType = contentType, Body = body };

    /// <summary>A product page that shows <paramref name="body"/> under the product's name.</summary>
    public static FetchedPage Product(string body, string head = "", string language = "en") =>
        Html($"<!doctype html><html lang=\"{language}\"><head><title>Blue Pen - Shop</title>{head}</head><body><main><h1>Blue Pen</h1>{body}</main></body></html>");

    public static FetchedPage JsonLd(string json, string body = "<p>A pen.</p>") => Product(body, $"<script type=\"application/ld+json\">{json}</script>");

    public static ExtractedObject Offer(FetchedPage page)
    {
        var result = ProductPageReader.Read(page);
        Assert.That(result.Objects, Has.Count.EqualTo(1), $"skipped: {result.SkipReason}, defect: {result.DefectReason}");
        return result.Objects[0];
    }
}
