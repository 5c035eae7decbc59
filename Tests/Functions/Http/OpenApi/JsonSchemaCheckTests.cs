using System.Text.Json.Nodes;

namespace Marketline.Tests.Functions.Http.OpenApi;

[Parallelizable(ParallelScope.All)]
public sealed class JsonSchemaCheckTests
{
    private static readonly JsonObject Document = JsonNode.Parse(
        """
        {
          "schemas": {
            "Id": { "type": "string", "pattern": "^[a-z]+$" },
            "Thing": {
              "type": "object",
              "required": ["id"],
              "properties": {
                "id": { "$ref": "#/schemas/Id" },
                "atUtc": { "type": "string", "format": "date-time" },
                "count": { "type": "integer", "minimum": 1 },
                "kinds": { "type": "array", "items": { "enum": ["A", "B"] } },
                "part": { "anyOf": [{ "$ref": "#/schemas/Id" }, { "type": "null" }] },
                "errors": { "type": "object", "additionalProperties": { "type": "string" } }
              }
            }
          }
        }
        """
    )!.AsObject();

    [TestCase("""{"id": "a"}""")]
    [TestCase("""{"id": "a", "atUtc": "2026-11-21T03:15:00Z", "count": 2, "kinds": ["A"], "part": null, "errors": {"x": "y"}}""")]
    public void Check_ValueFits_FindsNothing(string value) => Assert.That(Check(value), Is.Empty);

    [TestCase("""{}""", "'id' is missing")]
    [TestCase("""{"id": "A"}""", "$.id: pattern")]
    [TestCase("""{"id": "a", "other": 1}""", "'other' is not declared")]
    [TestCase("""{"id": "a", "atUtc": "yesterday"}""", "$.atUtc: format")]
    [TestCase("""{"id": "a", "count": 0}""", "$.count: minimum")]
    [TestCase("""{"id": "a", "count": 1.5}""", "$.count: it is no integer")]
    [TestCase("""{"id": "a", "kinds": ["C"]}""", "$.kinds[0]: it is none of")]
    [TestCase("""{"id": "a", "part": 5}""", "$.part: it fits none")]
    [TestCase("""{"id": "a", "errors": {"x": 1}}""", "$.errors.x: it is no string")]
    [TestCase("""[]""", "$: it is no object")]
    public void Check_ValueDoesNotFit_SaysWhereAndWhy(string value, string expected) => Assert.That(Check(value), Has.Some.Contains(expected));

    private static List<string> Check(string value) => new JsonSchemaCheck(Document).Check(new JsonObject { ["$ref"] = "#/schemas/Thing" }, JsonNode.Parse(value));
}
