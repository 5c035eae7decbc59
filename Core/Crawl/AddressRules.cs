using System.Net;
using System.Net.Sockets;

namespace Marketline.Core.Crawl;

/// <summary>
/// Which addresses the crawler may connect to: the public ones, after IANA's special-purpose registries
/// (<see href="https://www.iana.org/assignments/iana-ipv4-special-registry/"/>, likewise for IPv6), and those a setting allows.
/// IPv6 addresses that carry an IPv4 one are judged by that, too.
/// </summary>
/// <remarks>
/// Ports: 80, 443 and those from 1024 on. The low ports belong to services that are not the web (mail, remote shells), and
/// no shop is there. An allow-list entry opens any port.
/// </remarks>
public sealed class AddressRules(IReadOnlyList<AllowedNetwork> allowed)
{
    private const int FirstUserPort = 1024;

    private static readonly IPNetwork[] Refused =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32", // Azure's platform address: DNS, DHCP and the guest agent's endpoint
            "2001::/23", // protocol assignments: Teredo, benchmarking, ORCHID
            "2001:db8::/32", "3fff::/20", // documentation
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public bool IsAllowed(IPAddress address, int port)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        foreach (var entry in allowed)
        {
            if (entry.Contains(address, port))
            {
                return true;
            }
        }

        return IsPublic(address) && IsPortAllowed(port);
    }

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        if (Array.Exists(Refused, network => network.Contains(address)))
        {
            return false;
        }

        return address.AddressFamily == AddressFamily.InterNetwork || IsPublicV6(address);
    }

    /// <summary>Whether any address may be connected to at <paramref name="port"/>: what can be said before a name is resolved.</summary>
    public bool IsPortAllowedSomewhere(int port) =>
        IsPortAllowed(port) || allowed.Any(entry => entry.Port is null || entry.Port == port);

    private static bool IsPortAllowed(int port) => port is 80 or 443 or >= FirstUserPort;

    private static bool IsPublicV6(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.TryWriteBytes(octets, out _);
        if (Nat64.Contains(address))
        {
            return IsPublic(new IPAddress(octets[12..]));
        }

        if (!GlobalUnicast.Contains(address))
        {
            return false;
        }

        // ISATAP (RFC 5214): an interface id of 0000:5efe or 0200:5efe and an IPv4 address.
        var isIsatap = octets[8] is 0 or 2 && octets[9] == 0 && octets[10] == 0x5e && octets[11] == 0xfe;
        return !(SixToFour.Contains(address) && !IsPublic(new IPAddress(octets[2..6])))
            && !(isIsatap && !IsPublic(new IPAddress(octets[12..])));
    }
}
