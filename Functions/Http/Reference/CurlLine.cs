using Marketline.Functions.Http.Examples;
using Marketline.Functions.Http.Operations;

namespace Marketline.Functions.Http.Reference;

/// <summary>An example's request as a line for a shell.</summary>
internal static class CurlLine
{
    /// <summary>The page puts the address in its place that it was opened at.</summary>
    public const string Address = "http://localhost:7071";

    /// <summary>Of a body on one line.</summary>
    private const int MaxLineLength = 60;

    public static string Of(ApiOperation operation, ApiExample example)
    {
        var parts = new List<string> { operation.IsRead ? "curl" : $"curl -X {operation.Methods[0]}" };
        if (KeyOf(operation, example) is { } key)
        {
            parts.Add($"-H \"X-Api-Key: {key}\"");
        }

        parts.AddRange(example.Headers.Select(header => $"-H {Quoted($"{header.Key}: {header.Value}")}"));
        if (example.Body is not null)
        {
            parts.Add("-H 'Content-Type: application/json'");
            var body = ExampleText.Sent(example.Body);
            parts.Add($"-d {Quoted(body.Length > MaxLineLength ? ExampleText.Shown(example.Body, isLines: false) : body)}");
        }

        parts.Add(Quoted($"{Address}{example.Path}"));
        return string.Join(" \\\n  ", parts);
    }

    private static string? KeyOf(ApiOperation operation, ApiExample example) =>
        example.As switch
        {
            "nobody" => null,
            "admin" => "$adminKey",
            "owner" or "reader" => "$key",
            { } key => key,
            null when operation.Access == EndpointAccess.Anyone => null,
            null => operation.Access == EndpointAccess.Admin ? "$adminKey" : "$key",
        };

    private static string Quoted(string text) => $"'{text.Replace("'", """'\''""", StringComparison.Ordinal)}'";
}
