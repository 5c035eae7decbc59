using System.Text.Json;
using Marketline.Core.Crawl;
using Marketline.Core.Extract;
using Marketline.Platforms.Json;

namespace Marketline.Platforms.Extract;

/// <summary>Reads a fetched page that should be JSON.</summary>
internal static class JsonPage
{
    public const string EmptyBody = JsonText.EmptyBody;
    public const string NotJson = JsonText.NotJson;

    /// <param name="page">Any page; nothing in it throws.</param>
    /// <param name="read">Gets the root; what it throws for a member of the wrong kind makes the page <see cref="NotJson"/>.</param>
    public static ExtractionResult Read(FetchedPage page, Func<JsonElement, ExtractionResult> read) =>
        page.Body.IsEmpty ? ExtractionResult.Defective(EmptyBody) : JsonText.TryParse(JsonText.Utf8Of(page), read) ?? ExtractionResult.Defective(NotJson);
}
