using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Api;

/// <summary>Reads answers in JSON, whatever they turn out to be.</summary>
internal static class JsonBody
{
    public const string EmptyBody = "empty-body";
    public const string NotJson = "not-json";

    /// <summary>The root if it is an object, handed to <paramref name="read"/>; else what is wrong with the page.</summary>
    public static ExtractionResult Read(FetchedPage page, Func<JsonElement, ExtractionResult> read) =>
        page.Body.IsEmpty ? ExtractionResult.Defective(EmptyBody) : With(page.Body, read) ?? ExtractionResult.Defective(NotJson);

    /// <returns>Null when the body is no JSON object.</returns>
    public static T? With<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(WithoutMark(body));
            return document.RootElement.ValueKind == JsonValueKind.Object ? read(document.RootElement) : null;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // No JSON, or a member's name that is no text: JsonElement throws the latter for half a character.
            return null;
        }
    }

    /// <summary>JSON readers refuse a byte order mark, which some proxies add.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\ufeff"u8) ? body[3..] : body;
}
