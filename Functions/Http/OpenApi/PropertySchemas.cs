using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Marketline.Core.Json;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>
/// What the exporter does not know of types and their properties: descriptions from documentation comments, limits from data
/// annotations, default values from a new instance, and which fields are always there.
/// </summary>
internal sealed class PropertySchemas
{
    private readonly DocComments _comments = new();

    public void Describe(JsonPropertyInfo property, JsonObject schema, bool isSent)
    {
        if (property.AttributeProvider is MemberInfo member && _comments.Of(member) is { } description)
        {
            schema["description"] = description;
        }

        foreach (var attribute in Attributes(property))
        {
            Limit(schema, attribute);
        }

        if (isSent && !IsRequired(property, isSent) && DefaultOf(property) is { } value && !schema.ContainsKey("default"))
        {
            schema["default"] = value;
        }
    }

    /// <summary>A component: what the exporter made of an object or enum, with what it is and what it requires.</summary>
    public JsonObject Complete(Type type, JsonTypeInfo info, JsonObject schema, bool isSent)
    {
        if (type.IsEnum)
        {
            return new JsonObject { ["type"] = "string", ["description"] = EnumDescription(type), ["enum"] = schema["enum"]!.DeepClone() };
        }

        var complete = new JsonObject { ["type"] = "object" };
        if (_comments.Of(type) is { } description)
        {
            complete["description"] = description;
        }

        var properties = schema["properties"]?.DeepClone() as JsonObject ?? [];
        var required = info.Properties.Where(property => properties.ContainsKey(property.Name) && IsRequired(property, isSent)).Select(property => property.Name);
        if (required.Select(name => JsonValue.Create(name)).ToArray() is { Length: > 0 } names)
        {
            complete["required"] = new JsonArray(names);
        }

        complete["properties"] = properties;
        return complete;
    }

    private string EnumDescription(Type type)
    {
        var members = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(member => (Name: member.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? member.Name, About: _comments.Of(member)))
            .Where(member => member.About is not null)
            .Select(member => $"- `{member.Name}`: {member.About}");
        return $"{_comments.Of(type)}\n\n{string.Join('\n', members)}".Trim();
    }

    public static bool IsRequired(JsonPropertyInfo property, bool isSent) =>
        isSent
            ? property.IsRequired || Attributes(property).Any(attribute => attribute is RequiredAttribute)
            : !property.IsGetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null
                && !Attributes(property).Any(attribute => attribute is JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingDefault });

    /// <summary>Of the property, or of the parameter of a positional record.</summary>
    private static IEnumerable<Attribute> Attributes(JsonPropertyInfo property) =>
        ((property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [])
            .Concat(property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? []))
        .OfType<Attribute>();

    private static JsonNode? DefaultOf(JsonPropertyInfo property)
    {
        var type = property.DeclaringType;
        if (property.Get is null || type.GetConstructor(Type.EmptyTypes) is null || property.AttributeProvider is not PropertyInfo { CanWrite: true })
        {
            return null;
        }

        return JsonSerializer.SerializeToNode(property.Get(Activator.CreateInstance(type)!), property.PropertyType, JsonFormat.Options) as JsonValue;
    }

    private static void Limit(JsonObject schema, Attribute attribute)
    {
        switch (attribute)
        {
            case StringLengthAttribute length:
                schema["minLength"] = length.MinimumLength;
                schema["maxLength"] = length.MaximumLength;
                break;
            case LengthAttribute length:
                schema[IsList(schema) ? "minItems" : "minLength"] = length.MinimumLength;
                schema[IsList(schema) ? "maxItems" : "maxLength"] = length.MaximumLength;
                break;
            case RangeAttribute range:
                schema["minimum"] = JsonValue.Create(Convert.ToDecimal(range.Minimum, System.Globalization.CultureInfo.InvariantCulture));
                schema["maximum"] = JsonValue.Create(Convert.ToDecimal(range.Maximum, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case RegularExpressionAttribute expression:
                schema["pattern"] = expression.Pattern;
                break;
            case AllowedValuesAttribute allowed:
                schema["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonSerializer.SerializeToNode(value, JsonFormat.Options))]);
                break;
        }
    }

    private static bool IsList(JsonObject schema) => (string?)schema["type"] == "array";
}
