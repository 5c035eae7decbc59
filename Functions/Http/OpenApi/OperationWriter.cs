using System.Text.Json.Nodes;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.Operations;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>Writes the operation objects of the document.</summary>
internal sealed class OperationWriter(ApiComponents components)
{
    private const string Json = "application/json";

    public JsonObject Write(ApiOperation operation, IReadOnlyList<ApiExample> examples)
    {
        var json = new JsonObject
        {
            ["tags"] = new JsonArray(ApiTag.Of(operation.Route).Name),
            ["summary"] = operation.About.Summary,
            ["operationId"] = operation.Id,
        };
        if (operation.About.Description is { } description)
        {
            json["description"] = description;
        }

        json["security"] = Security(operation.Access);
        json["parameters"] = new JsonArray([.. Parameters(operation)]);
        if (operation.About.Body is { } body)
        {
            var content = new JsonObject { ["schema"] = components.Schemas.OfSent(body) };
            AddExamples(content, examples.Where(example => example.Body is JsonObject && example.Answer.Status < 400), example => example.Body!.DeepClone());
            json["requestBody"] = new JsonObject { ["required"] = true, ["content"] = new JsonObject { [Json] = content } };
        }

        json["responses"] = Responses(operation, examples);
        return json;
    }

    /// <summary>The types of all bodies and parameters that are sent: they are known before those of answers.</summary>
    public void Prepare(ApiOperation operation)
    {
        foreach (var type in operation.Query.Select(query => query.Type).Append(operation.About.Body).OfType<Type>())
        {
            components.Schemas.OfSent(type);
        }
    }

    /// <summary>Alternatives; each names the role that the key or token has to have.</summary>
    private static JsonArray Security(EndpointAccess access)
    {
        var role = access.ToString().ToLowerInvariant();
        return access == EndpointAccess.Anyone
            ? []
            : [new JsonObject { ["bearer"] = new JsonArray(role) }, new JsonObject { ["apiKey"] = new JsonArray(role) }];
    }

    private IEnumerable<JsonNode> Parameters(ApiOperation operation)
    {
        foreach (var parameter in operation.Pattern.Parameters)
        {
            yield return PathParameter(parameter);
        }

        foreach (var query in operation.Query)
        {
            yield return QueryParameter(query);
        }

        foreach (var name in Fields.Sent(operation))
        {
            yield return components.Parameter(name);
        }
    }

    private static JsonObject PathParameter(RoutePatternParameterPart parameter)
    {
        var schema = IdSchemas.OfParameter(parameter.Name);
        var json = new JsonObject { ["name"] = parameter.Name, ["in"] = "path", ["required"] = true };
        if (schema["description"] is { } description)
        {
            json["description"] = description.DeepClone();
            schema.Remove("description");
        }

        json["schema"] = schema;
        return json;
    }

    private JsonObject QueryParameter(ApiQueryAttribute query)
    {
        var schema = components.Schemas.OfSent(query.Type);
        if (query.Pattern is { } pattern)
        {
            schema["pattern"] = pattern;
        }

        return new JsonObject
        {
            ["name"] = query.Name,
            ["in"] = "query",
            ["description"] = query.Description,
            ["required"] = query.IsRequired,
            ["schema"] = query.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = schema } : schema,
        };
    }

    private JsonObject Responses(ApiOperation operation, IReadOnlyList<ApiExample> examples)
    {
        var responses = new JsonObject();
        foreach (var status in Successes(operation).Order())
        {
            responses[$"{status}"] = Response(operation, status, [.. examples.Where(example => example.Answer.Status == status)]);
        }

        foreach (var problem in ProblemAnswers.Of(operation))
        {
            responses[$"{problem.Status}"] = components.Problem(problem);
        }

        return responses;
    }

    /// <summary>A PUT makes what is not there.</summary>
    private static HashSet<int> Successes(ApiOperation operation)
    {
        var statuses = new HashSet<int> { operation.About.Status };
        if (operation.HasEntityTag)
        {
            statuses.Add(304);
        }

        if (operation.Methods.Contains("PUT") && operation.About.Status == 200)
        {
            statuses.Add(201);
        }

        return statuses;
    }

    private JsonObject Response(ApiOperation operation, int status, IReadOnlyList<ApiExample> examples)
    {
        var response = new JsonObject
        {
            ["description"] = status switch
            {
                201 => "It was made.",
                202 => "It is accepted: `Location` tells how far it is.",
                204 => "It is done.",
                304 => "There is no newer version than the one you have.",
                _ when operation.IsRead => "Here it is.",
                _ => "It is done.",
            },
            ["headers"] = new JsonObject(Fields.Answered(operation, status).Select(name => KeyValuePair.Create(name, (JsonNode?)components.Header(name)))),
        };
        var types = operation.About.ContentType.Split(',', StringSplitOptions.TrimEntries);
        if (status is not (204 or 304) && (operation.About.Answer is not null || types is not [Json]))
        {
            response["content"] = new JsonObject(types.Select(type => KeyValuePair.Create(type, (JsonNode?)Content(operation, type, examples))));
        }

        return response;
    }

    private JsonObject Content(ApiOperation operation, string type, IReadOnlyList<ApiExample> examples)
    {
        var isJson = type == Json && operation.About.Answer is not null;
        var content = new JsonObject { ["schema"] = isJson ? components.Schemas.OfAnswer(operation.About.Answer!) : new JsonObject { ["type"] = "string" } };
        var fitting = examples.Where(example => example.Answer.Body is not null && example.TypeOf(operation) == type);
        AddExamples(content, fitting, example => isJson ? example.Answer.Body!.DeepClone() : ExampleText.Shown(example.Answer.Body!, isLines: true));
        return content;
    }

    private static void AddExamples(JsonObject content, IEnumerable<ApiExample> examples, Func<ApiExample, JsonNode> value)
    {
        var json = new JsonObject(
            examples.Select(example => KeyValuePair.Create(example.Name, (JsonNode?)new JsonObject { ["summary"] = example.Summary, ["value"] = value(example) }))
        );
        if (json.Count > 0)
        {
            content["examples"] = json;
        }
    }
}
