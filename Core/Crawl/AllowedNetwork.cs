using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Marketline.Core.Crawl;

/// <summary>One entry of the allow-list of private addresses: a network, and the port if only one is meant.</summary>
public sealed record AllowedNetwork(IPNetwork Network, int? Port)
{
    /// <summary>Reads <c>127.0.0.0/8</c>, <c>10.1.2.3</c>, <c>127.0.0.0/8:8080</c>, <c>::1</c>, <c>::1/128:8080</c> or <c>[::1]:8080</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AllowedNetwork? allowed)
    {
        allowed = null;
        var slash = text.IndexOf('/');
        var colon = slash < 0 ? -1 : text.IndexOf(':', slash);
        if (slash < 0)
        {
            if (IPAddress.TryParse(text, out var address) && !text.StartsWith('['))
            {
                allowed = new AllowedNetwork(Single(address), null);
            }
            else if (IPEndPoint.TryParse(text, out var endPoint) && endPoint.Port > 0)
            {
                allowed = new AllowedNetwork(Single(endPoint.Address), endPoint.Port);
            }
        }
        else if (IPNetwork.TryParse(colon < 0 ? text : text[..colon], out var network))
        {
            if (colon < 0)
            {
                allowed = new AllowedNetwork(network, null);
            }
            else if (ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0)
            {
                allowed = new AllowedNetwork(network, port);
            }
        }

        return allowed is not null;
    }

    /// <exception cref="FormatException">When <paramref name="text"/> is no such entry.</exception>
    public static AllowedNetwork Parse(string text) =>
        TryParse(text, out var allowed)
            ? allowed
            : throw new FormatException($"'{text}' is no network such as 127.0.0.0/8 or 127.0.0.1:8080.");

    public bool Contains(IPAddress address, int port) => (Port is null || Port == port) && Network.Contains(address);

    private static IPNetwork Single(IPAddress address) =>
        new(address, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128);
}
