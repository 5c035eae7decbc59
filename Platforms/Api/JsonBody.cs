using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Api;

/// <summary>Reads answers that should be a JSON object, whatever they turn out to be.</summary>
internal static class JsonBody
{
    /// <summary>The root if it is an object, handed to <paramref name="read"/>; else what is wrong with the page.</summary>
    public static ExtractionResult Read(FetchedPage page, Func<JsonElement, ExtractionResult> read) =>
        page.Body.IsEmpty ? ExtractionResult.Defective(JsonText.EmptyBody) : With(page.Body, read) ?? ExtractionResult.Defective(JsonText.NotJson);

    /// <returns>Null when the body is no JSON object.</returns>
    public static T? With<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read)
        where T : class =>
        JsonText.TryParse(JsonText.WithoutMark(body), root => root.ValueKind == JsonValueKind.Object ? read(root) : null);
}
