using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>Reads a fetched page that should be JSON.</summary>
internal static class JsonPage
{
    public const string EmptyBody = "empty-body";
    public const string NotJson = "not-json";

    /// <param name="page">Any page; nothing in it throws.</param>
    /// <param name="read">Gets the root; what it throws for a member of the wrong kind makes the page <see cref="NotJson"/>.</param>
    public static ExtractionResult Read(FetchedPage page, Func<JsonElement, ExtractionResult> read)
    {
        if (page.Body.IsEmpty)
        {
            return ExtractionResult.Defective(EmptyBody);
        }

        try
        {
            using var document = Parse(page);
            return read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // No JSON, or a member's name that is no text: JsonElement throws the latter for half a character.
            return ExtractionResult.Defective(NotJson);
        }
    }

    /// <summary>JSON readers refuse a byte order mark, which some proxies add.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\ufeff"u8) ? body[3..] : body;

    /// <summary>JSON is UTF-8 (RFC 8259 §8.1), but what stands between a shop and us may have turned it into something else.</summary>
    private static JsonDocument Parse(FetchedPage page)
    {
        var body = WithoutMark(page.Body);
        if (Utf8.IsValid(body.Span))
        {
            return JsonDocument.Parse(body);
        }

        using var text = PageDecoder.Decode(page.Body, page.ContentType);
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text.Memory.Span)];
        Encoding.UTF8.GetBytes(text.Memory.Span, utf8);
        return JsonDocument.Parse(utf8);
    }
}
