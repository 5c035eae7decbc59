using System.Text.Json;

namespace Marketline.Core.Extract.Scoring;

/// <summary>
/// Reads a <c>ground-truth.json</c>: page key to <c>url</c> (a text) and, by field, a list of accepted values (texts; a single
/// text counts as a list of one).
/// </summary>
public static class GroundTruth
{
    private const string UrlField = "url";

    /// <exception cref="FormatException">When the file is not of this form; the message says where.</exception>
    public static IReadOnlyDictionary<string, GroundTruthPage> Read(Stream json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.EnumerateObject().ToDictionary(page => page.Name, page => ReadPage(page.Name, page.Value), StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The ground truth is not of the form page key → url and accepted values: {exception.Message}", exception);
        }
    }

    private static GroundTruthPage ReadPage(string key, JsonElement page)
    {
        var url = page.TryGetProperty(UrlField, out var value) ? value.GetString() : null;
        if (string.IsNullOrWhiteSpace(url))
        {
            throw new FormatException($"The ground truth of page '{key}' has no url.");
        }

        var accepted = page.EnumerateObject()
            .Where(field => field.Name != UrlField)
            .ToDictionary(field => field.Name, field => Values(field.Value), StringComparer.Ordinal);
        return new GroundTruthPage(key, url.Trim(), accepted);
    }

    private static IReadOnlyList<string> Values(JsonElement field) =>
        field.ValueKind == JsonValueKind.Array ? [.. field.EnumerateArray().Select(Text)] : [Text(field)];

    private static string Text(JsonElement value) => (value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()).Trim();
}
