using System.Text.Json;

namespace Marketline.Platforms.Extract.Overrides;

internal sealed class JsonPathSelector(JsonPath path) : IFieldSelector
{
    public string? Find(OverridePage page) => page.Json.Select(Find).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private string? Find(JsonElement document)
    {
        try
        {
            return path.First(document);
        }
        catch (InvalidOperationException)
        {
            // Half a character: JsonElement reads no such text.
            return null;
        }
    }
}
