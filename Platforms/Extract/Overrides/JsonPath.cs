using System.Text.Json;

namespace Marketline.Platforms.Extract.Overrides;

/// <summary>
/// A part of JSONPath (RFC 9535): <c>$</c>, <c>.name</c>, <c>['name']</c>, <c>[2]</c>, <c>[-1]</c>, <c>[*]</c>, <c>.*</c>, <c>..name</c>
/// and filters that compare one member with a text, number or word: <c>[?@.type == 'sale']</c>, <c>[?(@.sku != 5)]</c>.
/// </summary>
internal sealed class JsonPath
{
    private const int MaxVisitedNodes = 200_000;
    private readonly IReadOnlyList<JsonPathStep> _steps;

    private JsonPath(IReadOnlyList<JsonPathStep> steps) => _steps = steps;

    /// <returns>Null with a <paramref name="problem"/> that says where the text is none.</returns>
    public static JsonPath? TryParse(string text, out string? problem)
    {
        var parser = new JsonPathParser(text);
        var steps = parser.Parse();
        problem = parser.Problem;
        return steps is null ? null : new JsonPath(steps);
    }

    /// <summary>The first text, number or truth value that the path leads to; null when there is none.</summary>
    public string? First(JsonElement root)
    {
        var left = MaxVisitedNodes;
        return First(root, 0, ref left);
    }

    private string? First(JsonElement node, int step, ref int left)
    {
        if (left-- <= 0)
        {
            return null;
        }

        return step == _steps.Count ? Text(node) : FirstBelow(node, step, ref left);
    }

    private string? FirstBelow(JsonElement node, int step, ref int left)
    {
        var own = _steps[step];
        switch (own.Kind)
        {
            case JsonPathStepKind.Name:
                return node.ValueKind == JsonValueKind.Object && node.TryGetProperty(own.Name, out var member) ? First(member, step + 1, ref left) : null;
            case JsonPathStepKind.Index:
                return Item(node, own.Index) is { } item ? First(item, step + 1, ref left) : null;
            case JsonPathStepKind.Descendant:
                return Descend(node, step, ref left);
            default:
                return Each(node, step, ref left);
        }
    }

    /// <summary>All members or items, or those that pass the step's filter.</summary>
    private string? Each(JsonElement node, int step, ref int left)
    {
        foreach (var child in Children(node))
        {
            var found = _steps[step].Filter?.Passes(child) ?? true ? First(child, step + 1, ref left) : null;
            if (found is not null || left <= 0)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>Here, then in all that is below, in the document's order.</summary>
    private string? Descend(JsonElement node, int step, ref int left)
    {
        if (left-- <= 0)
        {
            return null;
        }

        if (node.ValueKind == JsonValueKind.Object && node.TryGetProperty(_steps[step].Name, out var member) && First(member, step + 1, ref left) is { } own)
        {
            return own;
        }

        foreach (var child in Children(node))
        {
            if (Descend(child, step, ref left) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static IEnumerable<JsonElement> Children(JsonElement node) =>
        node.ValueKind switch
        {
            JsonValueKind.Object => node.EnumerateObject().Select(member => member.Value),
            JsonValueKind.Array => node.EnumerateArray(),
            _ => [],
        };

    private static JsonElement? Item(JsonElement node, int index)
    {
        if (node.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var count = node.GetArrayLength();
        var place = index < 0 ? count + index : index;
        return place >= 0 && place < count ? node[place] : null;
    }

    internal static string? Text(JsonElement node) =>
        node.ValueKind switch
        {
            JsonValueKind.String => node.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.GetRawText(),
            _ => null,
        };
}
