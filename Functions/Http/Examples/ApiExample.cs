using System.Text.Json.Nodes;
using Marketline.Functions.Http.Operations;

namespace Marketline.Functions.Http.Examples;

/// <summary>
/// A request with its answer. The document and the reference page show it; the tests send it to a running app and compare.
/// What is read is what stands in the file: values that differ from one installation to the next (ids, times, keys) are
/// written as they might be, and <see cref="Remember"/> and <see cref="Varies"/> tell the tests which those are.
/// </summary>
internal sealed record ApiExample
{
    /// <summary>Its name in the file, such as <c>created</c>.</summary>
    public required string Name { get; init; }

    public required string Summary { get; init; }

    /// <summary>What has to be done first: names of this file, or <c>Operation/name</c>.</summary>
    public IReadOnlyList<string> After { get; init; } = [];

    /// <summary>Whose key it carries: <c>nobody</c>, <c>reader</c>, <c>owner</c>, <c>admin</c>, or a key as another example shows it. By default whom the endpoint asks for.</summary>
    public string? As { get; init; }

    /// <summary>With the query.</summary>
    public required string Path { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>JSON; a text is sent as it is.</summary>
    public JsonNode? Body { get; init; }

    public required ExampleAnswer Answer { get; init; }

    /// <summary>Places in the answer (JSON pointers, or a header's name) whose values later examples use.</summary>
    public IReadOnlyList<string> Remember { get; init; } = [];

    /// <summary>Names of fields that are different each time.</summary>
    public IReadOnlyList<string> Varies { get; init; } = [];

    /// <summary>It is sent again until it is answered like this.</summary>
    public bool Waits { get; init; }

    /// <summary>The type of the answer's body: problem+json, what the header says, or the first that the operation names.</summary>
    public string TypeOf(ApiOperation operation) =>
        Answer.Status >= 400 ? "application/problem+json"
        : Answer.Headers.TryGetValue("Content-Type", out var type) ? type
        : operation.About.ContentType.Split(',')[0].Trim();
}
