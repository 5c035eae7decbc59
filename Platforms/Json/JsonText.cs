using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Json;

/// <summary>Reads text as JSON; whatever it is instead ends as a defect or as nothing, never as an exception.</summary>
internal static class JsonText
{
    public const string EmptyBody = "empty-body";
    public const string NotJson = "not-json";

    /// <summary>State that pages carry is deeper than the 64 levels of an API's answer.</summary>
    private const int StateDepth = 256;

    private const int AnswerDepth = 64;

    public static ExtractionResult Extract(FetchedPage page, Func<JsonSpot, ExtractionResult> read) =>
        page.Body.IsEmpty ? ExtractionResult.Defective(EmptyBody) : TryRead(Utf8Of(page), read) ?? ExtractionResult.Defective(NotJson);

    /// <param name="json">A document in UTF-8.</param>
    /// <param name="read">What it gives must not be read from the document later on.</param>
    /// <returns>Null when it is no JSON, has a member whose name is no text, or gives nothing.</returns>
    public static T? TryRead<T>(ReadOnlyMemory<byte> json, Func<JsonSpot, T?> read)
        where T : class => TryParse(json, root => read(new JsonSpot(root, "")), StateDepth);

    /// <inheritdoc cref="TryRead"/>
    public static T? TryParse<T>(ReadOnlyMemory<byte> json, Func<JsonElement, T?> read, int maxDepth = AnswerDepth)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = maxDepth });
            return read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // JsonElement throws the latter for a name with half a character.
            return null;
        }
    }

    /// <summary>JSON readers refuse a byte order mark, which some proxies add.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\ufeff"u8) ? body[3..] : body;

    /// <summary>JSON is UTF-8 (RFC 8259 §8.1), but what stands between may have turned it into something else, or added a mark.</summary>
    public static ReadOnlyMemory<byte> Utf8Of(FetchedPage page)
    {
        var body = WithoutMark(page.Body);
        if (Utf8.IsValid(body.Span))
        {
            return body;
        }

        using var text = PageDecoder.Decode(page.Body, page.ContentType);
        var utf8 = new byte[Encoding.UTF8.GetByteCount(text.Memory.Span)];
        Encoding.UTF8.GetBytes(text.Memory.Span, utf8);
        return utf8;
    }
}
