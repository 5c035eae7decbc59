using System.Text.Json.Nodes;
using Marketline.Functions.Http.Operations;
using Marketline.Tests.Functions.Http.OpenApi;

namespace Marketline.Tests.EndToEnd.Examples;

/// <summary>Checks an answer against what the document says of its operation: status, header fields, type and schema of the body.</summary>
internal sealed class DocumentedAnswer(JsonObject document, ApiOperation operation)
{
    /// <summary>Not with every answer.</summary>
    private static readonly string[] Conditional = ["Idempotent-Replayed", "Location", "Retry-After", "RateLimit", "RateLimit-Policy"];

    public string? Problem(HttpResponseMessage answer, JsonNode? body)
    {
        var status = $"{(int)answer.StatusCode}";
        var json = document["paths"]![operation.Path]![operation.Methods[0].ToLowerInvariant()]!["responses"]![status];
        if (json is null)
        {
            return $"the document does not know the status {status}";
        }

        json = Resolve(json);
        return HeaderProblem(json, answer) ?? BodyProblem(json, answer, body);
    }

    private static string? HeaderProblem(JsonNode json, HttpResponseMessage answer)
    {
        var declared = (json["headers"] as JsonObject)?.Select(header => header.Key).ToList() ?? [];
        var missing = declared.Where(name => !Conditional.Contains(name) || (name == "Location" && (int)answer.StatusCode == 202)).FirstOrDefault(name => ExampleRunner.Header(answer, name) is null);
        return missing is not null ? $"the document promises {missing}, which is not there"
            : ExampleRunner.Header(answer, "ETag") is not null && !declared.Contains("ETag") ? "the document does not know the ETag"
            : null;
    }

    private string? BodyProblem(JsonNode json, HttpResponseMessage answer, JsonNode? body)
    {
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (json["content"] is not JsonObject content)
        {
            return body is null ? null : "the document knows no body";
        }

        if (type is null || content[type] is not { } declared)
        {
            return $"the document does not know the type '{type}'";
        }

        return type.EndsWith("json", StringComparison.Ordinal) && !type.EndsWith("ndjson", StringComparison.Ordinal)
            ? new JsonSchemaCheck(document).Check(declared["schema"]!, body).FirstOrDefault()
            : null;
    }

    private JsonNode Resolve(JsonNode node) =>
        (string?)node["$ref"] is { } reference ? reference.Split('/').Skip(1).Aggregate((JsonNode)document, (found, name) => found[name]!) : node;
}
