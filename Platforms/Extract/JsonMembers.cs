using System.Text.Json;

namespace Marketline.Platforms.Extract;

/// <summary>Reads members that may be missing, null or of another type than documented.</summary>
internal static class JsonMembers
{
    /// <summary>A text or a number as written; null for all else, a text with half a character included.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name) is { } member ? TextOf(member) : null;

    /// <inheritdoc cref="Text"/>
    public static string? TextOf(JsonElement member) =>
        member.ValueKind switch
        {
            JsonValueKind.String => ReadText(member),
            JsonValueKind.Number => member.GetRawText(),
            _ => null,
        };

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>The objects of an array; none for all else.</summary>
    public static List<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array
            ? [.. array.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)]
            : [];

    private static string? ReadText(JsonElement member)
    {
        try
        {
            return member.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
