namespace Marketline.Tests.Platforms.Api;

/// <summary>A request as an API got it.</summary>
/// <param name="Method">As sent.</param>
/// <param name="Target">Path and query as sent, not decoded.</param>
/// <param name="Path">The same without the query.</param>
/// <param name="Query">Decoded.</param>
/// <param name="Headers">By name in any case.</param>
/// <param name="Body">Empty when there is none.</param>
internal sealed record ApiCallSeen(
    string Method,
    string Target,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    IReadOnlyDictionary<string, string> Headers,
    string Body
)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
