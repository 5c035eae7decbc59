using System.Text.Json.Nodes;

namespace Marketline.Functions.Http.Reference;

/// <summary>A schema of the document as a list of fields; those that have fields of their own can be opened.</summary>
internal sealed class SchemaView(JsonObject document)
{
    private const int MaxDepth = 5;
    private const string RefPrefix = "#/components/schemas/";

    /// <summary>The fields of an object, or of the objects in a list; empty for anything else.</summary>
    /// <param name="isSent">In what is sent a field may be required; in an answer one may be missing.</param>
    public Html Fields(JsonNode schema, bool isSent, int depth = 0)
    {
        var shape = Shape(schema);
        if (depth == MaxDepth || shape["properties"] is not JsonObject properties)
        {
            return Html.Empty;
        }

        var required = (shape["required"] as JsonArray)?.Select(name => (string)name!).ToHashSet() ?? [];
        return Html.Of($"<ul class=\"fields\">{Html.Join(properties.Select(property => Field(property.Key, property.Value!, isSent, required.Contains(property.Key), depth)))}</ul>");
    }

    /// <summary>In a word or two: <c>list of PlanSite</c>, <c>string (date-time)</c>.</summary>
    public static string TypeOf(JsonNode schema)
    {
        if (Name(schema) is { } name)
        {
            return name;
        }

        if (schema["anyOf"] is JsonArray { Count: > 0 } any)
        {
            return $"{TypeOf(any[0]!)} or null";
        }

        var types = schema["type"] switch
        {
            JsonArray several => [.. several.Select(type => (string)type!)],
            { } one => [(string)one!],
            _ => new List<string> { "any" },
        };
        var first = types[0] switch
        {
            "array" => $"list of {TypeOf(schema["items"] ?? new JsonObject())}",
            "object" when schema["additionalProperties"] is JsonObject values => $"map of {TypeOf(values)}",
            var type => schema["format"] is { } format ? $"{type} ({format})" : type,
        };
        return types.Contains("null") ? $"{first} or null" : first;
    }

    /// <summary>What it is, its values and its limits.</summary>
    public Html About(JsonNode schema)
    {
        var target = Resolve(schema);
        var items = target["items"] is { } inner ? Resolve(inner) : null;
        var isEnum = target["enum"] is JsonArray || items?["enum"] is JsonArray;
        var text = (string?)schema["description"] ?? (isEnum || Shape(schema)["properties"] is null ? (string?)target["description"] : null);
        var list = (target["enum"] ?? items?["enum"]) as JsonArray;
        var values = list is null || text?.Contains("\n- ", StringComparison.Ordinal) == true
            ? Html.Empty
            : Html.Of($"<p class=\"values\">{Html.Join(list.Where(value => value is not null).Select(value => Html.Of($"<code>{value!.ToString()}</code> ")))}</p>");
        return Html.Of($"{Markdown.ToHtml(text)}{values}{Limits(target, schema)}");
    }

    private Html Field(string name, JsonNode schema, bool isSent, bool isRequired, int depth)
    {
        var mark =
            isSent && isRequired ? Html.Of($" <span class=\"must\">required</span>")
            : !isSent && !isRequired ? Html.Of($" <span class=\"type\">optional</span>")
            : Html.Empty;
        var head = Html.Of($"<code class=\"name\">{name}</code> <span class=\"type\">{TypeOf(schema)}</span>{mark}");
        var fields = Fields(schema, isSent, depth + 1);
        return fields.IsEmpty
            ? Html.Of($"<li>{head}{About(schema)}</li>")
            : Html.Of($"<li><details><summary>{head}</summary>{fields}</details>{About(schema)}</li>");
    }

    private static Html Limits(JsonNode target, JsonNode schema)
    {
        var limits = new[] { "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern", "default" }
            .Select(key => (Key: key, Value: schema[key] ?? target[key]))
            .Where(limit => limit.Value is JsonValue)
            .Select(limit => Html.Of($"<span>{Words(limit.Key)} <code>{limit.Value!.ToString()}</code></span> "))
            .ToList();
        return limits.Count == 0 ? Html.Empty : Html.Of($"<p class=\"limits\">{Html.Join(limits)}</p>");
    }

    private static string Words(string keyword) =>
        keyword switch
        {
            "minimum" => "from",
            "maximum" => "to",
            "minLength" => "characters from",
            "maxLength" => "characters to",
            "minItems" => "items from",
            "maxItems" => "items to",
            _ => keyword,
        };

    /// <summary>Of a list or a map its values', else its own.</summary>
    private JsonNode Shape(JsonNode schema)
    {
        var target = Resolve(schema["anyOf"]?[0] ?? schema);
        return target["items"] is { } items ? Shape(items)
            : target["additionalProperties"] is JsonObject values ? Shape(values)
            : target;
    }

    private JsonNode Resolve(JsonNode schema) => Name(schema["anyOf"]?[0] ?? schema) is { } name ? document["components"]!["schemas"]![name]! : schema;

    private static string? Name(JsonNode schema) =>
        (string?)schema["$ref"] is { } reference && reference.StartsWith(RefPrefix, StringComparison.Ordinal) ? reference[RefPrefix.Length..] : null;
}
