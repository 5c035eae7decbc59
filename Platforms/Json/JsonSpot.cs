using System.Globalization;
using System.Text.Json;
using Marketline.Platforms.Extract;

namespace Marketline.Platforms.Json;

/// <summary>
/// A place in a JSON document and the path to it. Reading goes on from one that is not there, is null or of another type than
/// documented: it only has no text and nothing within.
/// </summary>
internal readonly record struct JsonSpot(JsonElement? Element, string Path)
{
    public JsonSpot this[string name] =>
        new(Element is { ValueKind: JsonValueKind.Object } owner && owner.TryGetProperty(name, out var member) ? member : null, PathTo(name));

    /// <summary>It is there and not null.</summary>
    public bool Exists => Element is { ValueKind: not JsonValueKind.Null and not JsonValueKind.Undefined };

    public bool IsArray => Element is { ValueKind: JsonValueKind.Array };

    public bool IsTrue => Element is { ValueKind: JsonValueKind.True };

    public bool IsFalse => Element is { ValueKind: JsonValueKind.False };

    /// <summary>A text or a number as written; null for all else, a text with half a character included.</summary>
    public string? Text => Element is { } element ? JsonMembers.TextOf(element) : null;

    /// <summary>A whole number, written as such or as a text.</summary>
    public int? Number => int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What stands in an array; nothing for all else.</summary>
    public IEnumerable<JsonSpot> Items()
    {
        if (Element is not { ValueKind: JsonValueKind.Array } array)
        {
            yield break;
        }

        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            yield return new JsonSpot(item, $"{Path}[{index++}]");
        }
    }

    /// <summary>The values of an object's members; nothing for all else.</summary>
    public IEnumerable<JsonSpot> Members()
    {
        if (Element is not { ValueKind: JsonValueKind.Object } owner)
        {
            yield break;
        }

        foreach (var member in owner.EnumerateObject())
        {
            yield return new JsonSpot(member.Value, PathTo(member.Name));
        }
    }

    /// <summary>The first of these that has a text.</summary>
    public JsonSpot FirstText(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (!string.IsNullOrWhiteSpace(this[name].Text))
            {
                return this[name];
            }
        }

        return new JsonSpot(null, Path);
    }

    /// <summary>This where it has a text, else <paramref name="other"/>.</summary>
    public JsonSpot Or(JsonSpot other) => string.IsNullOrWhiteSpace(Text) ? other : this;

    private string PathTo(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
