using System.Text.Json.Nodes;
using Marketline.Functions.Http.Idempotency;
using Marketline.Functions.Http.Operations;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>The header fields and query parameters that mean the same in every operation, and which of them an operation has.</summary>
internal static class Fields
{
    public const string CorrelationId = RequestRulesMiddleware.CorrelationHeader;

    private const string RateLimit = "RateLimit";
    private const string RateLimitPolicy = "RateLimit-Policy";
    private const string RetryAfter = "Retry-After";
    private const string CorrelationPattern = "^[A-Za-z0-9._-]{1,64}$";
    private const string CorrelationExample = "import-2026-11-21";

    /// <summary>Names of <c>components/parameters</c>.</summary>
    public static IEnumerable<string> Sent(ApiOperation operation)
    {
        if (operation.IsPaged)
        {
            yield return "limit";
            yield return "cursor";
        }

        yield return CorrelationId;
        if (operation.Access != EndpointAccess.Anyone && operation.Methods.Contains("POST"))
        {
            yield return IdempotencyMiddleware.Header;
        }

        if (operation.HasEntityTag)
        {
            yield return "If-None-Match";
        }
        else if (operation.About.IsConditional)
        {
            yield return "If-Match";
            if (operation.Methods.Contains("PUT"))
            {
                yield return "If-None-Match-Any";
            }
        }
    }

    /// <summary>Names of <c>components/headers</c>.</summary>
    public static IEnumerable<string> Answered(ApiOperation operation, int status)
    {
        yield return CorrelationId;
        if (operation.Access is EndpointAccess.Reader or EndpointAccess.Owner)
        {
            yield return RateLimit;
            yield return RateLimitPolicy;
        }

        if (operation.HasEntityTag || (operation.About.IsConditional && status != 204))
        {
            yield return "ETag";
        }

        if (status is 201 or 202)
        {
            yield return "Location";
        }

        if (operation.Access != EndpointAccess.Anyone && operation.Methods.Contains("POST"))
        {
            yield return "Idempotent-Replayed";
        }
    }

    public static IEnumerable<string> OfProblem(int status) =>
        status switch
        {
            401 => ["WWW-Authenticate"],
            405 => ["Allow"],
            429 => [RetryAfter, RateLimit, RateLimitPolicy],
            503 => [RetryAfter],
            _ => [],
        };

    public static JsonObject Parameter(string name) =>
        name switch
        {
            "limit" => In("query", name, "How many of them a page has.", new JsonObject { ["type"] = "integer", ["format"] = "int32", ["minimum"] = 1, ["maximum"] = 1000, ["default"] = 100 }),
            "cursor" => In("query", name, "The `next` of the page before, with the same filters; without it the first page comes.", Text()),
            CorrelationId => In("header", name, "What you call the request: it comes back, and stands in what the request starts and in the log.", Text(CorrelationPattern, CorrelationExample)),
            IdempotencyMiddleware.Header => In("header", name, "Sent again with the same key, the request is not done again: it gets the first answer again. A key holds for a day at least.", Text("^[!-~]{1,128}$", "5b2c1e0e-6f0c-4d5e-9a57-0f6f1c0b7a11")),
            "If-Match" => In("header", name, "The `ETag` of the version that is to be changed.", Text()),
            "If-None-Match" => In("header", name, "The `ETag` of the version you have: when it is the current one, the answer is 304 without a body.", Text()),
            "If-None-Match-Any" => In("header", "If-None-Match", "`*`: only when it is not there yet.", new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("*") }),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    public static JsonObject AnswerHeader(string name) =>
        name switch
        {
            CorrelationId => Header("What the request is called: what was sent, or a name of ours.", Text(CorrelationPattern, CorrelationExample)),
            RateLimit => Header("Requests left, and seconds until the minute is over.", Text(example: "\"requests\";r=5983;t=42")),
            RateLimitPolicy => Header("How many requests the tenant may send, and in how many seconds.", Text(example: "\"requests\";q=6000;w=60")),
            RetryAfter => Header("Seconds to wait.", new JsonObject { ["type"] = "integer", ["format"] = "int32", ["minimum"] = 0 }),
            "ETag" => Header("Of this version: send it as `If-None-Match` to ask whether there is a newer one, as `If-Match` to change this one only.", Text()),
            "Location" => Header("Where the new resource is, or how far the work has come.", Text(example: "/api/runs/demobrand-products-20261121T031500Z")),
            "Idempotent-Replayed" => Header("`true`: it was done before, and this is its first answer again.", Text()),
            "WWW-Authenticate" => Header("`Bearer`", Text()),
            "Allow" => Header("The methods that the address takes.", Text(example: "GET, PUT")),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    private static JsonObject In(string place, string name, string description, JsonObject schema) =>
        new() { ["name"] = name, ["in"] = place, ["description"] = description, ["schema"] = schema };

    private static JsonObject Header(string description, JsonObject schema) => new() { ["description"] = description, ["schema"] = schema };

    private static JsonObject Text(string? pattern = null, string? example = null)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (pattern is not null)
        {
            schema["pattern"] = pattern;
        }

        if (example is not null)
        {
            schema["examples"] = new JsonArray(example);
        }

        return schema;
    }
}
