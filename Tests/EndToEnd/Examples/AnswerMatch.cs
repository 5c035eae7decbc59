using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Marketline.Tests.EndToEnd.Examples;

/// <summary>
/// Compares an answer with what its example shows. Times are equal to times; an object may have more fields, and a list more
/// elements in another order; what varies has to be of the same kind.
/// </summary>
/// <param name="varies">Names of fields that are different each time.</param>
/// <param name="remember">JSON pointers to values that are different each time and are to be kept.</param>
internal sealed partial class AnswerMatch(IReadOnlyList<string> varies, IReadOnlyList<string> remember)
{
    private const int LongList = 6;
    private const int ShownElements = 2;

    /// <summary>What is to be remembered: as the example shows it, and as it is.</summary>
    public Dictionary<string, string> Remembered { get; } = [];

    /// <returns>The first difference; null when there is none.</returns>
    public string? Difference(JsonNode? shown, JsonNode? real, string pointer = "")
    {
        if (shown?.GetValueKind() != real?.GetValueKind() && !(IsBool(shown) && IsBool(real)))
        {
            return $"{pointer}: {Text(shown)} is expected, it is {Text(real)}";
        }

        if (remember.Contains(pointer))
        {
            Remembered[shown!.ToString()] = real!.ToString();
            return null;
        }

        return varies.Contains(pointer[(pointer.LastIndexOf('/') + 1)..])
            ? null
            : (shown, real) switch
            {
                (JsonObject o, JsonObject r) => o.Select(field => r.ContainsKey(field.Key) ? Difference(field.Value, r[field.Key], $"{pointer}/{field.Key}") : $"{pointer}/{field.Key} is not there").FirstOrDefault(found => found is not null),
                (JsonArray o, JsonArray r) => ListDifference(o, r, pointer),
                _ => WithoutTimes(Text(shown)) == WithoutTimes(Text(real)) ? null : $"{pointer}: {Text(shown)} is expected, it is {Text(real)}",
            };
    }

    /// <summary>What the example should show: what it does where that is right, else what is there, the beginning of a long list.</summary>
    public JsonNode? Merge(JsonNode? shown, JsonNode? real, string pointer = "")
    {
        return (shown, real) switch
        {
            (JsonObject o, JsonObject r) => new JsonObject(r.Select(field => KeyValuePair.Create(field.Key, Merge(o[field.Key], field.Value, $"{pointer}/{field.Key}")))),
            (null, JsonObject r) => Merge(new JsonObject(), r, pointer),
            (null, JsonArray r) => new JsonArray([.. r.Take(r.Count > LongList ? ShownElements : r.Count).Select(element => Merge(null, element))]),
            _ => (shown is not null && Difference(shown, real, pointer) is null ? shown : real)?.DeepClone(),
        };
    }

    public static string WithoutTimes(string text) => Times().Replace(text, "<time>");

    /// <summary>Each element that is shown is there; an empty list is empty.</summary>
    private string? ListDifference(JsonArray shown, JsonArray real, string pointer)
    {
        if (shown.Count == 0)
        {
            return real.Count == 0 ? null : $"{pointer}: an empty list is expected, it has {real.Count} elements";
        }

        var left = real.ToList();
        for (var i = 0; i < shown.Count; i++)
        {
            string? first = null;
            var at = left.FindIndex(element =>
            {
                var difference = Difference(shown[i], element, $"{pointer}/{i}");
                first ??= difference;
                return difference is null;
            });
            if (at < 0)
            {
                return $"{pointer}/{i} is not there; of the first: {first}";
            }

            left.RemoveAt(at);
        }

        return null;
    }

    private static bool IsBool(JsonNode? node) => node?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "nothing";

    [GeneratedRegex(@"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d|\\u002B\d\d:\d\d)?)?|\d{8}T\d{6}Z")]
    private static partial Regex Times();
}
