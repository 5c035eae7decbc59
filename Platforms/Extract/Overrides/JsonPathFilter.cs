using System.Text.Json;

namespace Marketline.Platforms.Extract.Overrides;

/// <summary>Compares a member, as text, with a literal.</summary>
internal sealed record JsonPathFilter(IReadOnlyList<string> Members, bool IsEqual, string Literal)
{
    public bool Passes(JsonElement node)
    {
        foreach (var name in Members)
        {
            if (node.ValueKind != JsonValueKind.Object || !node.TryGetProperty(name, out var member))
            {
                return !IsEqual;
            }

            node = member;
        }

        return JsonPath.Text(node) == Literal == IsEqual;
    }
}
