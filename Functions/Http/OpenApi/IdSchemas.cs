using System.Text.Json.Nodes;
using Marketline.Core.Datasets;
using Marketline.Core.Naming;

namespace Marketline.Functions.Http.OpenApi;

/// <summary>What an id looks like: the schemas of the types that are one text in JSON, and of the parameters in routes.</summary>
internal static class IdSchemas
{
    private static readonly Dictionary<Type, Func<JsonObject>> Types = new()
    {
        [typeof(TenantId)] = () => Text("^[a-z][a-z0-9]{2,31}$", "demobrand", "A tenant's id: it never changes and is never used again."),
        [typeof(PlanId)] = () => Text("^[a-z0-9]{1,24}$", "products", "A plan's id within its tenant: it never changes."),
        [typeof(RunId)] = () =>
            Text(
                @"^[a-z][a-z0-9]{2,31}-[a-z0-9]{1,24}-\d{8}T\d{6}Z(-r[1-9]\d{0,4})?$",
                "demobrand-products-20261121T031500Z",
                "A run's id: its tenant, its plan and its time in UTC; a repetition ends in `-r1`, `-r2`, …"
            ),
    };

    /// <summary>By the name of the parameter, which means the same in every route.</summary>
    private static readonly Dictionary<string, Func<JsonObject>> Parameters = new(StringComparer.Ordinal)
    {
        ["tenantId"] = Types[typeof(TenantId)],
        ["planId"] = Types[typeof(PlanId)],
        ["runId"] = Types[typeof(RunId)],
        ["keyId"] = () => Text("^[0-9a-f]{16}$", "5f0c2a9d7e4b1836", "A key's id: what stands between `mk_` and the second `_`."),
        ["objectKey"] = () => Text("^[0-9a-f]{32}$", "0b5e7a0c4f5d3c1e9a8b7c6d5e4f3a2b", "An object's key: the same in every run, and in every dataset."),
        ["platform"] = () => Text("^[a-z0-9-]{1,64}$", "generic-shop", "A platform's name: `GET /api/operator/platforms` lists them."),
        ["name"] = () => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. DatasetNames.All.Select(name => JsonValue.Create(name))]), ["description"] = "A dataset." },
    };

    /// <summary>Whether a description of the parameter is there; a test asks for it.</summary>
    public static bool Knows(string parameter) => Parameters.ContainsKey(parameter);

    public static JsonObject? Of(Type type) => Types.GetValueOrDefault(type)?.Invoke();

    public static JsonObject OfParameter(string name) => Parameters.GetValueOrDefault(name)?.Invoke() ?? new JsonObject { ["type"] = "string" };

    private static JsonObject Text(string pattern, string example, string description) =>
        new()
        {
            ["type"] = "string",
            ["pattern"] = pattern,
            ["description"] = description,
            ["examples"] = new JsonArray(example),
        };
}
