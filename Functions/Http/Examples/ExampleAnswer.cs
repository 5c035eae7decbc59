using System.Text.Json.Nodes;

namespace Marketline.Functions.Http.Examples;

/// <summary>How an example is answered.</summary>
internal sealed record ExampleAnswer
{
    public required int Status { get; init; }

    /// <summary>Those worth showing.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// JSON; of JSON lines an array; of anything else the text. A list may be longer in truth, and an object may have more fields.
    /// </summary>
    public JsonNode? Body { get; init; }
}
