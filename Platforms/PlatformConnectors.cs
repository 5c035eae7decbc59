using System.Collections.Frozen;

namespace Marketline.Platforms;

/// <summary>The registered connectors by platform name.</summary>
public sealed class PlatformConnectors(IEnumerable<IPlatformConnector> connectors)
{
    private readonly FrozenDictionary<string, IPlatformConnector> _byName = connectors.ToFrozenDictionary(connector => connector.Platform, StringComparer.Ordinal);

    /// <summary>In alphabetical order.</summary>
    public IReadOnlyList<string> Platforms => [.. _byName.Keys.Order(StringComparer.Ordinal)];

    /// <returns>Null when no connector has this name.</returns>
    public IPlatformConnector? Find(string platform) => _byName.GetValueOrDefault(platform);

    /// <exception cref="UnknownPlatformException">No connector has this name.</exception>
    public IPlatformConnector Get(string platform) => Find(platform) ?? throw new UnknownPlatformException(platform, Platforms);
}
