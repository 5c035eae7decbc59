using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marketline.Core.Json;

namespace Marketline.Functions.Http.Examples;

/// <summary>The examples of all operations: <c>Functions/Http/&lt;Area&gt;/Examples/&lt;Operation&gt;.json</c>, embedded.</summary>
internal sealed class ApiExamples
{
    public static readonly JsonSerializerOptions Format = new(JsonFormat.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        WriteIndented = true,
    };

    private const string Prefix = "examples/";

    private readonly FrozenDictionary<string, IReadOnlyList<ApiExample>> _examples = typeof(ApiExamples)
        .Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Read);

    public IEnumerable<string> Operations => _examples.Keys.Order(StringComparer.Ordinal);

    public IReadOnlyList<ApiExample> Of(string operation) => _examples.GetValueOrDefault(operation, []);

    private static IReadOnlyList<ApiExample> Read(string resource)
    {
        try
        {
            using var stream = typeof(ApiExamples).Assembly.GetManifestResourceStream(resource)!;
            return JsonSerializer.Deserialize<IReadOnlyList<ApiExample>>(stream, Format)!;
        }
        catch (JsonException failure)
        {
            throw new InvalidOperationException($"The {resource} can not be read: {failure.Message}", failure);
        }
    }
}
