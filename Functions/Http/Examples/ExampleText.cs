using System.Text.Json;
using System.Text.Json.Nodes;
using Marketline.Core.Json;

namespace Marketline.Functions.Http.Examples;

/// <summary>Bodies of examples as they go over the wire, and as a person reads them.</summary>
internal static class ExampleText
{
    private static readonly JsonSerializerOptions Indented = new(JsonFormat.Options) { WriteIndented = true };

    /// <summary>A text as it is, JSON on one line.</summary>
    public static string Sent(JsonNode body) => IsText(body, out var text) ? text : body.ToJsonString(JsonFormat.Options);

    /// <summary>A text as it is, JSON lines each on its own, JSON indented.</summary>
    public static string Shown(JsonNode body, bool isLines) =>
        IsText(body, out var text) ? text
        : isLines && body is JsonArray lines ? string.Join('\n', lines.Select(line => line!.ToJsonString(JsonFormat.Options)))
        : body.ToJsonString(Indented);

    private static bool IsText(JsonNode body, out string text)
    {
        text = "";
        return body is JsonValue value && value.TryGetValue(out text!);
    }
}
