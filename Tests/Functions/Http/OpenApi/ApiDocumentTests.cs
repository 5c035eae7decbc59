using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Marketline.Core.Datasets;
using Marketline.Core.Json;
using Marketline.Core.Naming;
using Marketline.Core.Tenants;
using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.OpenApi;
using Marketline.Functions.Http.Operations;
using Microsoft.OpenApi;

namespace Marketline.Tests.Functions.Http.OpenApi;

[Parallelizable(ParallelScope.All)]
public sealed class ApiDocumentTests
{
    private static readonly ApiCatalog Catalog = new();
    private static readonly ApiExamples Examples = new();
    private static readonly JsonObject Document = new ApiDocument(Catalog, Examples).Json;

    private static IEnumerable<TestCaseData> Operations =>
        from path in Document["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        select new TestCaseData(path.Key, method.Value).SetArgDisplayNames((string)method.Value!["operationId"]!);

    [Test]
    public void Json_ReadByAnotherReader_BreaksNoRule()
    {
        var read = OpenApiDocument.Parse(Document.ToJsonString(JsonFormat.Options), "json");

        Assert.That(read.Diagnostic!.Errors.Select(error => $"{error}"), Is.Empty);
        Assert.That(read.Diagnostic.Warnings.Select(warning => $"{warning}"), Is.Empty);
        Assert.That(read.Diagnostic.SpecificationVersion, Is.EqualTo(OpenApiSpecVersion.OpenApi3_1));
        Assert.That(read.Document!.Paths, Has.Count.EqualTo(Document["paths"]!.AsObject().Count));
    }

    [Test]
    public void Json_EveryReference_LeadsToAComponentAndEveryComponentIsReferredTo()
    {
        var references = Nodes(Document).Where(node => node.Name == "$ref").Select(node => (string)node.Value!).ToHashSet();

        var components = Document["components"]!.AsObject()
            .Where(kind => kind.Key != "securitySchemes")
            .SelectMany(kind => kind.Value!.AsObject().Select(component => $"#/components/{kind.Key}/{component.Key}"));

        Assert.That(references, Is.EquivalentTo(components));
    }

    [TestCaseSource(nameof(Operations))]
    public void Operation_OfTheDocument_HasAllThatAReaderNeeds(string path, object json)
    {
        var operation = (JsonObject)json;
        var inPath = Parameters(operation).Where(parameter => (string)parameter["in"]! == "path").Select(parameter => $"{{{parameter["name"]}}}");

        Assert.Multiple(() =>
        {
            Assert.That((string?)operation["summary"], Is.Not.Empty.And.Not.EndsWith("."));
            Assert.That(operation["tags"]!.AsArray(), Has.Count.EqualTo(1));
            Assert.That(operation["security"], Is.Not.Null);
            Assert.That(operation["responses"]!.AsObject().Select(answer => answer.Key), Has.Some.StartsWith("2").And.Some.EqualTo("400"));
            Assert.That(inPath, Is.EquivalentTo(Regex.Matches(path, @"\{\w+\}").Select(match => match.Value)));
            Assert.That(Parameters(operation).Where(parameter => string.IsNullOrWhiteSpace((string?)parameter["description"])).Select(parameter => $"{parameter["name"]}"), Is.Empty, "without a description");
            Assert.That(Parameters(operation).Select(parameter => $"{parameter["in"]} {parameter["name"]}".ToLowerInvariant()), Is.Unique.Or.Some.EqualTo("header if-none-match"));
        });
    }

    [Test]
    public void Operations_OfTheDocument_AreTheHttpFunctions()
    {
        var ids = Operations.Select(operation => (string)((JsonObject)operation.Arguments[1]!)["operationId"]!);

        Assert.That(ids, Is.Unique.And.EquivalentTo(Catalog.Operations.Where(operation => !operation.About.IsHidden).Select(operation => operation.Id)));
        Assert.That(Catalog.Operations.Where(operation => operation.About.IsHidden).Select(operation => operation.Id), Is.EqualTo(new[] { "ZUnknownRoute" }));
    }

    [TestCaseSource(nameof(Operations))]
    public void Operation_Examples_FitItsSchemas(string path, object json)
    {
        _ = path;
        var check = new JsonSchemaCheck(Document);
        var bodies = Nodes((JsonObject)json).Where(node => node.Name is "application/json").Select(node => node.Value!);

        var problems =
            from body in bodies
            from example in body["examples"] as JsonObject ?? []
            from problem in check.Check(body["schema"]!, example.Value!["value"])
            select $"{example.Key} {problem}";

        Assert.That(problems, Is.Empty);
    }

    [Test]
    public void Ids_OfTheDocument_LookAsTheCodeReadsThem()
    {
        Assert.Multiple(() =>
        {
            AssertPattern("TenantId", text => TenantId.TryParse(text, out _), "abc", "a1b2", "ab", "1ab", "Abc", "a-b", new string('a', 32), new string('a', 33));
            AssertPattern("PlanId", text => PlanId.TryParse(text, out _), "a", "1", "", "A", "a-b", new string('a', 24), new string('a', 25));
            AssertPattern("RunId", text => RunId.TryParse(text, out _), "abc-p-20261121T031500Z", "abc-p-20261121T031500Z-r2", "abc-p-20261121T031500Z-r02", "abc-p-20261121T0315Z", "abc-p");
        });
    }

    [Test]
    public void Schemas_OfOurTypes_SayWhatIsKnownOfThem()
    {
        var schemas = Document["components"]!["schemas"]!;

        Assert.Multiple(() =>
        {
            Assert.That(schemas[nameof(AccessRole)]!["enum"]!.AsArray().Select(value => (string)value!), Is.EqualTo(Enum.GetNames<AccessRole>()));
            Assert.That((string?)schemas[nameof(AccessRole)]!["description"], Does.Contain("- `Reader`: Reads the tenant's data."));
            Assert.That((string?)schemas["PlanLimits"]!["properties"]!["batchSize"]!["description"], Does.StartWith("URLs in a batch"));
            Assert.That((int?)schemas["PlanLimits"]!["properties"]!["batchSize"]!["default"], Is.EqualTo(200));
            Assert.That((string?)schemas["KeyView"]!["properties"]!["createdUtc"]!["format"], Is.EqualTo("date-time"));
            Assert.That(schemas["KeyView"]!["required"]!.AsArray().Select(name => (string)name!), Does.Contain("createdUtc").And.Not.Contain("expiresUtc"));
            Assert.That(schemas["NewKey"]!["required"]!.AsArray().Select(name => (string)name!), Is.EqualTo(new[] { "name" }));
            Assert.That((string?)schemas["ObjectCounts"]!["properties"]!["ingested"]!["format"], Is.EqualTo("int64"));
        });
    }

    [Test]
    public void Problems_OfAnOperation_FollowFromItsDeclaration()
    {
        var start = Answers("StartRun");
        var list = Answers("ListPlans");

        Assert.Multiple(() =>
        {
            Assert.That(start, Is.EqualTo(new[] { "202", "400", "401", "403", "404", "409", "413", "422", "429", "503" }));
            Assert.That(list, Is.EqualTo(new[] { "200", "304", "400", "401", "403", "429", "503" }));
            Assert.That(Answers("GetHealth"), Is.EqualTo(new[] { "200", "304", "400" }));
            Assert.That(Answers("RevokeAdminKey"), Does.Contain("404").And.Contain("409").And.Not.Contain("429"));
        });
    }

    [Test]
    public void Json_MadeAgain_IsTheSame() =>
        Assert.That(new ApiDocument(new ApiCatalog(), new ApiExamples()).Json.ToJsonString(), Is.EqualTo(Document.ToJsonString()));

    [Test]
    public void DatasetParameter_OfTheDocument_ListsTheDatasets()
    {
        var values = IdSchemas.OfParameter("name")["enum"]!.AsArray().Select(value => (string)value!);

        Assert.That(values, Is.EqualTo(DatasetNames.All));
    }

    private static void AssertPattern(string schema, Func<string, bool> isGood, params string[] texts)
    {
        var json = Document["components"]!["schemas"]![schema]!;
        var example = (string)json["examples"]![0]!;
        foreach (var text in texts.Append(example))
        {
            Assert.That(Regex.IsMatch(text, (string)json["pattern"]!), Is.EqualTo(isGood(text)), $"{schema} '{text}'");
        }

        Assert.That(isGood(example), Is.True);
    }

    private static IEnumerable<string> Answers(string operation) =>
        Operations.Select(data => (JsonObject)data.Arguments[1]!).Single(json => (string)json["operationId"]! == operation)["responses"]!.AsObject().Select(answer => answer.Key);

    private static IEnumerable<JsonNode> Parameters(JsonObject operation) =>
        operation["parameters"]!.AsArray().Select(parameter =>
            (string?)parameter!["$ref"] is { } reference ? reference.Split('/').Skip(1).Aggregate((JsonNode)Document, (node, name) => node[name]!) : parameter
        );

    private static IEnumerable<(string Name, JsonNode? Value)> Nodes(JsonNode node) =>
        node switch
        {
            JsonObject json => json.SelectMany(field => (field.Value is null ? [] : Nodes(field.Value)).Prepend((field.Key, field.Value))),
            JsonArray list => list.SelectMany(item => item is null ? [] : Nodes(item)),
            _ => [],
        };
}
