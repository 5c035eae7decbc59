using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Marketline.Benchmarks.Hostile;

/// <summary>
/// Pages that are made to fill a worker's memory, each just within what the crawler takes or well beyond it. They are served by a
/// process of its own.
/// </summary>
internal static class HostilePages
{
    public const string Argument = "hostile-site";

    /// <summary>The crawler's default limit of a body.</summary>
    private const int BodyLimit = 10 * 1_048_576;

    private const string Start = "<!DOCTYPE html><html lang=en><head><title>Blue Pen</title></head><body><h1>Blue Pen</h1>";

    /// <summary>
    /// How each kind is made: the body as sent, and its content coding. Those that ought to cost nothing come first, before the others
    /// have filled the pools.
    /// </summary>
    private static readonly Dictionary<string, Func<(byte[] Body, string Coding)>> Kinds = new()
    {
        ["ordinary"] = () => Plain(Product() + Filled("<p>It is made with care and keeps for years.</p>\n", 100_000)),
        ["bomb-in-gzip"] = () => (Coded("gzip", new byte[200_000_000]), "gzip"),
        ["bomb-in-br"] = () => (Coded("br", new byte[200_000_000]), "br"),
        ["bomb-in-zstd"] = () => (ZstdBomb(), "zstd"),
        ["over-the-limit"] = () => Plain(Padded(BodyLimit + 1)),
        ["ld-10-000-deep"] = () => Plain(Ld(Repeated("{\"offers\":", 10_000) + "1" + new string('}', 10_000))),
        ["ld-of-10-mb"] = () => Plain(Ld("[" + Filled("{\"@type\":\"Product\",\"name\":\"Blue Pen\",\"offers\":{\"price\":\"1\",\"priceCurrency\":\"EUR\"}},", 9_900_000) + "{}]")),
        ["ld-of-one-string"] = () => Plain(Ld("{\"@type\":\"Product\",\"name\":\"" + new string('x', 10_000_000) + "\"}")),
        ["ld-of-brackets"] = () => Plain(Ld(new string('[', 9_900_000))),
        ["million-links"] = () => Plain(Start + Repeated("<a href=/>", 1_000_000)),
        ["million-prices"] = () => Plain(Start + Repeated("<p>$5", 1_000_000)),
        ["text-of-prices"] = () => Plain(Start + "<p>" + Repeated("$5.00 or ", 1_000_000)),
        ["microdata-deep"] = () => Plain(Start + Repeated("<div itemscope itemprop=offers itemtype=http://schema.org/Product>", 100_000)),
        ["script-of-8-mb"] = () => Plain(Start + "<script>window.__STATE__={\"items\":[" + Filled("{\"name\":\"Blue Pen\",\"price\":1,\"sku\":\"1\"},", 8_000_000) + "null]}</script>"),
        ["at-the-limit"] = () => Plain(Padded(BodyLimit)),
        ["noise-in-gzip"] = () => (Coded("gzip", Noise(BodyLimit - 10_000)), "gzip"),
        ["near-bomb-in-gzip"] = () => (Coded("gzip", Encoding.ASCII.GetBytes(Padded(BodyLimit))), "gzip"),
    };

    public static IEnumerable<string> Names => Kinds.Keys;

    /// <summary>Serves until its standard input ends; says its address in the first line.</summary>
    public static async Task ServeAsync()
    {
        var pages = Kinds.ToDictionary(kind => kind.Key, kind => kind.Value());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/robots.txt", () => Results.Text("User-agent: *\nAllow: /\n"));
        app.MapGet(
            "/{kind}/{number:int}",
            async (string kind, HttpContext http) =>
            {
                var (body, coding) = pages[kind];
                http.Response.ContentType = "text/html; charset=utf-8";
                http.Response.ContentLength = body.Length;
                http.Response.Headers.ContentEncoding = coding;
                await http.Response.Body.WriteAsync(body);
            }
        );
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }

    private static (byte[], string) Plain(string text) => (Encoding.UTF8.GetBytes(text), "");

    private static string Product() =>
        Start + "<script type=\"application/ld+json\">{\"@type\":\"Product\",\"name\":\"Blue Pen\",\"sku\":\"1\",\"offers\":{\"price\":\"1.50\",\"priceCurrency\":\"EUR\"}}</script>";

    private static string Ld(string json) => $"{Start}<script type=\"application/ld+json\">{json}</script>";

    private static string Padded(int length)
    {
        var start = Product() + Filled("<p>It is made with care and keeps for years.</p>\n", length - 1_000);
        return start + new string(' ', length - start.Length);
    }

    private static string Filled(string part, int length) => Repeated(part, length / part.Length);

    private static string Repeated(string part, int count) => new StringBuilder(part.Length * count).Insert(0, part, count).ToString();

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Coded(string coding, byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (Stream stream = coding == "br" ? new BrotliStream(buffer, CompressionLevel.Fastest, leaveOpen: true) : new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return buffer.ToArray();
    }

    /// <summary>A frame with a window of 8 MB and blocks that repeat one byte 128 Ki times (RFC 8878 §3.1.1).</summary>
    private static byte[] ZstdBomb()
    {
        const int BlockBytes = 128 * 1024;
        const int BlockCount = 200_000_000 / BlockBytes;
        byte[] head = [0x28, 0xb5, 0x2f, 0xfd, 0, (23 - 10) << 3];
        var blocks = Enumerable.Range(1, BlockCount).SelectMany(i => Block(i == BlockCount));
        return [.. head, .. blocks];

        static byte[] Block(bool isLast)
        {
            const int Repeats = 1;
            var value = BlockBytes << 3 | Repeats << 1 | (isLast ? 1 : 0);
            return [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)' '];
        }
    }
}
