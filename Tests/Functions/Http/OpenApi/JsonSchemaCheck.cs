using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Marketline.Tests.Functions.Http.OpenApi;

/// <summary>
/// Checks values against the schemas of the document: the keywords that stand in it, and no others. An object's fields have to be
/// declared unless the schema says otherwise, so that an answer and its declared type do not drift apart.
/// </summary>
internal sealed class JsonSchemaCheck(JsonObject document)
{
    private static readonly string[] Annotations = ["description", "examples", "default", "title", "$ref"];

    /// <returns>What is wrong, each with its place.</returns>
    public List<string> Check(JsonNode schema, JsonNode? value)
    {
        var problems = new List<string>();
        Check(schema, value, "$", problems);
        return problems;
    }

    private void Check(JsonNode schema, JsonNode? value, string place, List<string> problems)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            Check(reference.Split('/').Skip(1).Aggregate((JsonNode)document, (node, name) => node[name]!), value, place, problems);
        }

        foreach (var (keyword, rule) in schema.AsObject())
        {
            if (!Annotations.Contains(keyword) && Problem(keyword, rule!, schema, value, place, problems) is { } problem)
            {
                problems.Add($"{place}: {problem}");
            }
        }
    }

    private string? Problem(string keyword, JsonNode rule, JsonNode schema, JsonNode? value, string place, List<string> problems)
    {
        switch (keyword)
        {
            case "type":
                var types = rule is JsonArray several ? several.Select(type => (string)type!) : [(string)rule!];
                return types.Any(type => IsOf(type, value)) ? null : $"it is no {string.Join(" or ", types)} but {value?.ToJsonString() ?? "null"}";
            case "anyOf":
                return rule.AsArray().Any(one => Check(one!, value).Count == 0) ? null : "it fits none of its schemas";
            case "enum":
                return rule.AsArray().Any(one => JsonNode.DeepEquals(one, value)) ? null : $"it is none of {rule.ToJsonString()} but {value?.ToJsonString()}";
            case "required":
                return value is JsonObject o && rule.AsArray().FirstOrDefault(name => !o.ContainsKey((string)name!)) is { } missing ? $"'{missing}' is missing" : null;
            case "properties":
                CheckFields(rule.AsObject(), schema, value, place, problems);
                return null;
            case "additionalProperties":
                foreach (var (name, inner) in (value as JsonObject)?.Where(field => schema["properties"]?[field.Key] is null) ?? [])
                {
                    Check(rule, inner, $"{place}.{name}", problems);
                }

                return null;
            case "items":
                foreach (var (i, inner) in (value as JsonArray)?.Index() ?? [])
                {
                    Check(rule, inner, $"{place}[{i}]", problems);
                }

                return null;
            default:
                return Limit(keyword, rule, value);
        }
    }

    private void CheckFields(JsonObject properties, JsonNode schema, JsonNode? value, string place, List<string> problems)
    {
        foreach (var (name, inner) in value as JsonObject ?? [])
        {
            if (properties[name] is { } field)
            {
                Check(field, inner, $"{place}.{name}", problems);
            }
            else if (schema["additionalProperties"] is null)
            {
                problems.Add($"{place}: '{name}' is not declared");
            }
        }
    }

    private static string? Limit(string keyword, JsonNode rule, JsonNode? value)
    {
        var text = value is JsonValue v && v.GetValueKind() == JsonValueKind.String ? (string)v! : null;
        var number = value?.GetValueKind() == JsonValueKind.Number ? value.GetValue<decimal>() : (decimal?)null;
        var isKept = keyword switch
        {
            "pattern" => text is null || Regex.IsMatch(text, (string)rule!),
            "minLength" => text is null || text.Length >= (int)rule,
            "maxLength" => text is null || text.Length <= (int)rule,
            "minItems" => value is not JsonArray a || a.Count >= (int)rule,
            "maxItems" => value is not JsonArray a || a.Count <= (int)rule,
            "minimum" => number is null || number >= (decimal)rule,
            "maximum" => number is null || number <= (decimal)rule,
            "format" => text is null || IsFormat((string)rule!, text),
            _ => throw new NotSupportedException($"The check does not know the keyword '{keyword}'."),
        };
        return isKept ? null : $"{keyword} {rule.ToJsonString()} does not hold for {value?.ToJsonString()}";
    }

    private static bool IsFormat(string format, string text) =>
        format switch
        {
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "uri" => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
            _ => throw new NotSupportedException($"The check does not know the format '{format}' of texts."),
        };

    private static bool IsOf(string type, JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => type == "null",
            JsonValueKind.Object => type == "object",
            JsonValueKind.Array => type == "array",
            JsonValueKind.String => type == "string",
            JsonValueKind.True or JsonValueKind.False => type == "boolean",
            _ => type == "number" || (type == "integer" && decimal.IsInteger(value.GetValue<decimal>())),
        };
}
