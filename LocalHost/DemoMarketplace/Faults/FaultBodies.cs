using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Faults;

/// <summary>Bodies that are no product page. The big ones are made while they are sent, only as far as the client reads.</summary>
internal sealed class FaultBodies
{
    private const int HugeBytes = 50_000_000;
    private const long BombBytes = 512L * 1024 * 1024;

    private static readonly byte[] Line = Encoding.ASCII.GetBytes(
        "<li class=\"entry\"><span>A line that says nothing, again and again.</span></li>\n"
    );

    /// <summary>One transparent pixel.</summary>
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    );

    private const string Pdf = """
        %PDF-1.4
        1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 144]>>endobj
        trailer<</Root 1 0 R>>
        %%EOF
        """;

    private readonly byte[] _lines = [.. Enumerable.Repeat(Line, 800).SelectMany(line => line)];

    public async Task<bool> TryRespondAsync(HttpContext context, FaultKind kind)
    {
        const string html = "text/html; charset=utf-8";
        var task = kind switch
        {
            FaultKind.PdfBody => SendAsync(context, Pdf, "application/pdf"),
            FaultKind.PngBodyAsHtml => SendAsync(context, Png, html),
            FaultKind.EmptyBody => SendAsync(context, "", html),
            FaultKind.HumanCheck => SendAsync(context, HumanCheck, html),
            FaultKind.HugePage => SendHugeAsync(context),
            FaultKind.GzipBomb => SendBombAsync(context),
            FaultKind.NotReallyGzip => SendNotGzipAsync(context),
            _ => null,
        };
        if (task is null)
        {
            return false;
        }

        await task;
        return true;
    }

    public static Task SendAsync(HttpContext context, string body, string contentType) =>
        SendAsync(context, Encoding.UTF8.GetBytes(body), contentType);

    /// <summary>The beginning of a page, sent and flushed.</summary>
    public static async Task StartPageAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.Body.WriteAsync(
            "<!doctype html>\n<html><head><title>Grove Bargains</title></head><body>\n"u8.ToArray(),
            cancellationToken
        );
        await context.Response.Body.FlushAsync(cancellationToken);
    }

    private const string HumanCheck = """
        <!doctype html>
        <html lang="en"><head><title>Are you a human?</title><meta name="robots" content="noindex"></head>
        <body><h1>Please verify you are a human</h1>
        <p>We have seen unusual traffic from your network. Complete the captcha to continue.</p>
        <form id="captcha-form"><div class="g-recaptcha" data-sitekey="demo"></div></form></body></html>

        """;

    private static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> body, string contentType)
    {
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task SendHugeAsync(HttpContext context)
    {
        await StartPageAsync(context, context.RequestAborted);
        for (var sent = 0; sent < HugeBytes; sent += _lines.Length)
        {
            await context.Response.Body.WriteAsync(_lines, context.RequestAborted);
        }
    }

    private static async Task SendBombAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Optimal);
        var nothing = new byte[1 << 20];
        nothing.AsSpan().Fill((byte)' ');
        for (var sent = 0L; sent < BombBytes; sent += nothing.Length)
        {
            await gzip.WriteAsync(nothing, context.RequestAborted);
        }
    }

    private static Task SendNotGzipAsync(HttpContext context)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        return SendAsync(context, "<!doctype html><title>Not compressed</title>", "text/html; charset=utf-8");
    }
}
