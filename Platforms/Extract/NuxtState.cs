using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Marketline.Core.Extract;

namespace Marketline.Platforms.Extract;

/// <summary>
/// The state of Nuxt pages. Nuxt 3 writes one flat list in which objects name their values by place (devalue,
/// https://github.com/sveltejs/devalue); Nuxt 2 a function whose arguments are the values that occur often.
/// </summary>
internal static partial class NuxtState
{
    private const string FlattenedId = "#__NUXT_DATA__";
    private const int MaxArguments = 2_000;
    private const int MaxDepth = 3;

    public static bool IsFlattened(StateText state) => state.Location.EndsWith(FlattenedId, StringComparison.Ordinal);

    /// <summary>The objects that have a name or title, with their values down to a few levels.</summary>
    public static IReadOnlyList<StructuredItem> ReadFlattened(StateText state, int maxValues)
    {
        try
        {
            using var document = JsonDocument.Parse(state.Text, new JsonDocumentOptions { MaxDepth = 32 });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                return [];
            }

            JsonElement[] values = [.. document.RootElement.EnumerateArray()];
            var left = maxValues;
            var items = new List<StructuredItem>();
            for (var i = 0; i < values.Length && left > 0; i++)
            {
                if (values[i].ValueKind == JsonValueKind.Object && (values[i].TryGetProperty("name", out _) || values[i].TryGetProperty("title", out _)))
                {
                    items.Add(Item(values, i, state.Location, 0, ref left));
                }
            }

            return items;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not what Nuxt writes, or half a character: there is nothing to read.
            return [];
        }
    }

    /// <summary>The text with the function's arguments in the places of its parameters; any other text as it is.</summary>
    public static string WithArguments(string text)
    {
        var head = Function().Match(text);
        if (!head.Success)
        {
            return text;
        }

        var end = text.LastIndexOf("}(", StringComparison.Ordinal);
        if (end < head.Index + head.Length)
        {
            return text;
        }

        var names = head.Groups[1].Value.Split(',');
        var values = Arguments(text.AsSpan(end + 2));
        var byName = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(names.Length, values.Count); i++)
        {
            byName[names[i].Trim()] = values[i];
        }

        var body = text[(head.Index + head.Length)..end];
        return Parameter().Replace(body, match => byName.GetValueOrDefault(match.Value, match.Value));
    }

    private static StructuredItem Item(JsonElement[] values, int place, string location, int depth, ref int left)
    {
        var item = new StructuredItem(ExtractionSource.EmbeddedState, string.Create(CultureInfo.InvariantCulture, $"{location}[{place}]"));
        foreach (var member in values[place].EnumerateObject())
        {
            left--;
            if (left <= 0 || member.Value.ValueKind != JsonValueKind.Number || !member.Value.TryGetInt32(out var target) || target < 0 || target >= values.Length)
            {
                continue;
            }

            var value = values[target];
            var own = $"{item.Location}.{member.Name}";
            if (value.ValueKind == JsonValueKind.Object && depth < MaxDepth)
            {
                item.Add(member.Name, new StructuredValue("", Item(values, target, own, depth + 1, ref left), own));
            }
            else if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
            {
                item.Add(member.Name, new StructuredValue(value.ToString().ToLowerInvariant() is "true" or "false" ? value.ToString().ToLowerInvariant() : value.ToString(), null, own));
            }
        }

        return item;
    }

    /// <summary>The arguments as written, parted at commas outside of quotes and brackets.</summary>
    private static List<string> Arguments(ReadOnlySpan<char> text)
    {
        var found = new List<string>();
        var (start, depth, quote) = (0, 0, '\0');
        for (var i = 0; i < text.Length && found.Count < MaxArguments; i++)
        {
            var c = text[i];
            if (quote != '\0')
            {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c is '{' or '[' or '(')
            {
                depth++;
            }
            else if (depth == 0 && c is ',' or ')')
            {
                found.Add(text[start..i].Trim().ToString());
                start = i + 1;
                if (c == ')')
                {
                    break;
                }
            }
            else if (c is '}' or ']' or ')')
            {
                depth--;
            }
        }

        return found;
    }

    [GeneratedRegex(@"__NUXT__\s*=\s*\(?function\s*\(([\w$, ]{1,20000})\)\s*\{", RegexOptions.CultureInvariant)]
    private static partial Regex Function();

    [GeneratedRegex(@"(?<=[:\[,])[A-Za-z_$][\w$]{0,3}(?=[,}\]])", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
