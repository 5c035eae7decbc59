using System.Security.Cryptography;
using System.Text;

namespace Marketline.Platforms.Api;

/// <summary>A tenant's secrets for one platform. They are never written anywhere, this object's text included.</summary>
public sealed class PlatformCredentials
{
    private readonly Dictionary<string, string> _values;

    public PlatformCredentials(string platform, IEnumerable<KeyValuePair<string, string>> values)
    {
        Platform = platform;
        _values = new Dictionary<string, string>(values, StringComparer.OrdinalIgnoreCase);
        var all = string.Join('\n', _values.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).Select(pair => $"{pair.Key}={pair.Value}"));
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 8));
        Endpoint = Uri.TryCreate(Find("endpoint"), UriKind.Absolute, out var endpoint) ? endpoint : null;
    }

    public string Platform { get; }

    /// <summary>The same for the same secrets, tells nothing of them: for what calls with them share (tokens, politeness).</summary>
    public string Id { get; }

    /// <summary>Another place than the API's usual one: a sandbox, a region, a server of tests.</summary>
    public Uri? Endpoint { get; }

    /// <exception cref="KeyNotFoundException">It is not there: only names that the API requires may be asked for so.</exception>
    public string this[string name] => _values[name];

    public string? Find(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public override string ToString() => $"Credentials {Id} for {Platform}";
}
