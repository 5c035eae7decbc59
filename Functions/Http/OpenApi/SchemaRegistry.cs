using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Marketline.Core.Json;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>
/// JSON schemas of C# types, as they go over the wire. Our own types are components, each once by its name. In answers no field is
/// null (it is left out instead), so those that can not be null in C# are required; a type that is also sent may have nulls, and requires
/// what the reader does.
/// </summary>
internal sealed class SchemaRegistry
{
    private static readonly JsonSerializerOptions Options = new(JsonFormat.Options)
    {
        NumberHandling = JsonNumberHandling.Strict,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private readonly SortedDictionary<string, JsonObject> _components = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _names = [];
    private readonly JsonSchemaExporterOptions _exporter;
    private readonly PropertySchemas _properties = new();
    private bool _isSent;

    public SchemaRegistry() =>
        _exporter = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    public IReadOnlyDictionary<string, JsonObject> Components => _components;

    /// <summary>Of a request's body or parameter. All of these come before <see cref="OfAnswer"/>.</summary>
    public JsonNode OfSent(Type type) => Of(type, isSent: true);

    public JsonNode OfAnswer(Type type) => Of(type, isSent: false);

    private JsonNode Of(Type type, bool isSent)
    {
        _isSent = isSent;
        return Options.GetJsonSchemaAsNode(type, _exporter);
    }

    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode node)
    {
        var schema = node as JsonObject ?? [];
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var mayBeNull = TakeNull(schema) && _isSent && context.PropertyInfo is { } field && !PropertySchemas.IsRequired(field, isSent: true);
        if (IsComponent(type))
        {
            schema = Component(type, context.TypeInfo, schema);
        }
        else
        {
            NumberFormats.Add(type, schema);
        }

        if (context.PropertyInfo is { } property)
        {
            _properties.Describe(property, schema, _isSent);
        }

        return mayBeNull ? OrNull(schema) : schema;
    }

    private static bool IsComponent(Type type) =>
        IdSchemas.Of(type) is not null
        || (type.Namespace?.StartsWith("Marketline", StringComparison.Ordinal) == true && (type.IsEnum || Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object));

    private JsonObject Component(Type type, JsonTypeInfo info, JsonObject schema)
    {
        if (!_names.TryGetValue(type, out var name))
        {
            name = NameOf(type);
            _names.Add(type, name);
            if (!_components.TryAdd(name, IdSchemas.Of(type) ?? _properties.Complete(type, info, schema, _isSent)))
            {
                throw new InvalidOperationException($"Two types of the API are called {name}: rename one.");
            }
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{name}" };
    }

    /// <summary><c>Page&lt;RunView&gt;</c> is <c>PageOfRunView</c>.</summary>
    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`')]}Of{string.Concat(type.GetGenericArguments().Select(NameOf))}" : type.Name;

    /// <returns>Whether the schema allowed null.</returns>
    private static bool TakeNull(JsonObject schema)
    {
        if (schema["default"] is null)
        {
            schema.Remove("default");
        }

        if (schema["enum"] is JsonArray values)
        {
            values.RemoveAll(value => value is null);
            schema["type"] = "string";
        }

        if (schema["type"] is not JsonArray types || types.All(type => (string?)type != "null"))
        {
            return false;
        }

        schema["type"] = types.First(type => (string?)type != "null")!.DeepClone();
        return true;
    }

    private static JsonObject OrNull(JsonObject schema)
    {
        if (schema.ContainsKey("$ref"))
        {
            var reference = schema["$ref"]!.DeepClone();
            schema.Remove("$ref");
            schema["anyOf"] = new JsonArray(new JsonObject { ["$ref"] = reference }, new JsonObject { ["type"] = "null" });
        }
        else if (schema["type"] is { } type)
        {
            schema["type"] = new JsonArray(type.DeepClone(), "null");
            (schema["enum"] as JsonArray)?.Add(null);
        }

        return schema;
    }
}
