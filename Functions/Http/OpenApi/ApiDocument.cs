using System.Text.Json.Nodes;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.Operations;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document, made once from the declarations of the HTTP functions, the types they name and the examples: a new
/// endpoint stands in it without being named anywhere.
/// </summary>
internal sealed class ApiDocument(ApiCatalog catalog, ApiExamples examples)
{
    private readonly Lazy<JsonObject> _json = new(() => Build(catalog, examples));

    /// <summary>Not to be changed.</summary>
    public JsonObject Json => _json.Value;

    public static string Version { get; } = typeof(ApiDocument).Assembly.GetName().Version!.ToString(3);

    private static JsonObject Build(ApiCatalog catalog, ApiExamples examples)
    {
        var operations = catalog.Documented.ToList();
        var components = new ApiComponents();
        var writer = new OperationWriter(components);
        operations.ForEach(writer.Prepare);
        var paths = new JsonObject();
        foreach (var operation in operations)
        {
            var item = paths[operation.Path] ??= new JsonObject();
            foreach (var method in operation.Methods)
            {
                item[method.ToLowerInvariant()] = writer.Write(operation, examples.Of(operation.Id));
            }
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "Marketline API",
                ["version"] = Version,
                ["description"] = ApiConventions.Markdown,
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "This installation" }),
            ["tags"] = new JsonArray([.. Tags(operations)]),
            ["paths"] = paths,
            ["components"] = components.ToJson(),
        };
    }

    private static IEnumerable<JsonNode> Tags(IEnumerable<ApiOperation> operations) =>
        operations
            .Select(operation => ApiTag.Of(operation.Route))
            .Distinct()
            .OrderBy(tag => tag.Order)
            .ThenBy(tag => tag.Name, StringComparer.Ordinal)
            .Select(tag =>
            {
                var json = new JsonObject { ["name"] = tag.Name };
                if (tag.Description is { } description)
                {
                    json["description"] = description;
                }

                return json;
            });
}
