using System.Text.Json;

namespace Marketline.LocalHost.Cli.Extract;

/// <summary>The addresses in a <c>ground-truth.json</c>: page key to an object with a <c>url</c>. What else stands there is not looked at.</summary>
internal static class SavedUrls
{
    /// <returns>Empty when there is no such file: pages then say themselves where they are from.</returns>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
        {
            return new Dictionary<string, string>();
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document
                .RootElement.EnumerateObject()
                .Where(page => page.Value.ValueKind == JsonValueKind.Object && page.Value.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String)
                .ToDictionary(page => page.Name, page => page.Value.GetProperty("url").GetString()!, StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new CliException($"{path} is no JSON object of page names: {failure.Message}", failure);
        }
    }
}
