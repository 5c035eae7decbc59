using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Marketline.LocalHost.DemoMarketplace.Products;
using Marketline.LocalHost.DemoMarketplace.Truth;
using Microsoft.AspNetCore.Http;

namespace Marketline.LocalHost.DemoMarketplace.Serving;

/// <summary>Streams the ground truth, a line of JSON for every address: <c>/_truth/{shop}.jsonl?day={n}</c>.</summary>
internal sealed class TruthHandler(
    ShopClock clock,
    IReadOnlyCollection<string> shops,
    Func<string, int, IEnumerable<TruthLine>> groundTruth
)
{
    private const string Extension = ".jsonl";
    private const int LinesPerFlush = 100;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public async Task HandleAsync(HttpContext context, string file)
    {
        var shop = file.EndsWith(Extension, StringComparison.Ordinal) ? file[..^Extension.Length] : file;
        var asked = context.Request.Query["day"].ToString();
        var day = clock.Day;
        if (!shops.Contains(shop) || (asked.Length > 0 && !ShopCalendar.TryParseDay(asked, out day)))
        {
            await Respond.StatusAsync(context, StatusCodes.Status404NotFound, "GET /_truth/{shop}.jsonl?day={n}.");
            return;
        }

        context.Response.ContentType = "application/jsonl; charset=utf-8";
        var writer = context.Response.BodyWriter;
        foreach (var lines in groundTruth(shop, day).Chunk(LinesPerFlush))
        {
            foreach (var line in lines)
            {
                writer.Write(JsonSerializer.SerializeToUtf8Bytes(line, Json));
                writer.Write("\n"u8);
            }

            await writer.FlushAsync(context.RequestAborted);
        }
    }
}
