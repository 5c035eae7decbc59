using System.Text.Json.Nodes;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>What operations share: put into the document once, and only when an operation refers to it.</summary>
internal sealed class ApiComponents
{
    private readonly SortedDictionary<string, SortedDictionary<string, JsonNode>> _shared = new(StringComparer.Ordinal);

    public SchemaRegistry Schemas { get; } = new();

    public JsonObject Header(string name) => Share("headers", name, () => Fields.AnswerHeader(name));

    public JsonObject Parameter(string name) => Share("parameters", name, () => Fields.Parameter(name));

    public JsonObject Problem(ProblemAnswer problem) => Share("responses", problem.Name, () => ProblemResponse(problem));

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (kind, shared) in _shared)
        {
            json[kind] = new JsonObject(shared.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        }

        json["schemas"] = new JsonObject(Schemas.Components.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value)));
        json["securitySchemes"] = new JsonObject
        {
            ["bearer"] = new JsonObject
            {
                ["type"] = "http",
                ["scheme"] = "bearer",
                ["bearerFormat"] = "mk_<id>_<secret> or JWT",
                ["description"] = "An API key, or a token (JWT) of the issuer that the installation trusts. A key's role decides what it may do.",
            },
            ["apiKey"] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "header",
                ["name"] = "X-Api-Key",
                ["description"] = "The same API key in a field of its own.",
            },
        };
        return json;
    }

    private JsonObject Share(string kind, string name, Func<JsonNode> make)
    {
        if (!_shared.TryGetValue(kind, out var shared))
        {
            _shared[kind] = shared = new(StringComparer.Ordinal);
        }

        if (!shared.ContainsKey(name))
        {
            shared[name] = make();
        }

        return new JsonObject { ["$ref"] = $"#/components/{kind}/{name}" };
    }

    private JsonObject ProblemResponse(ProblemAnswer problem)
    {
        var response = new JsonObject
        {
            ["description"] = $"{problem.Meaning} {problem.WhatToDo}",
            ["headers"] = new JsonObject { [Fields.CorrelationId] = Header(Fields.CorrelationId) },
            ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = Schemas.OfAnswer(typeof(Problem)) } },
        };
        foreach (var header in Fields.OfProblem(problem.Status))
        {
            response["headers"]![header] = Header(header);
        }

        return response;
    }
}
