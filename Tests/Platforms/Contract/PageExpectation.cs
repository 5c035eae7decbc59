using System.Text.Json.Nodes;

namespace Marketline.Tests.Platforms.Contract;

/// <summary>What stands in a page's <c>.expected.json</c>. All but <see cref="Result"/> is written by hand.</summary>
internal sealed record PageExpectation
{
    /// <summary>The published page or format that the saved page follows.</summary>
    public required string Source { get; init; }

    public required string Url { get; init; }

    public required string ContentType { get; init; }

    /// <summary>The rules that reject objects of this page, in the page's order; none when all of them are to be clean.</summary>
    public IReadOnlyList<string>? Rejected { get; init; }

    /// <summary>Rewritten by <c>MARKETLINE_WRITE_EXPECTED=1</c>.</summary>
    public JsonObject? Result { get; init; }
}
