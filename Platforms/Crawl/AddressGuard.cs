using System.Net;
using System.Net.Sockets;
using Marketline.Core.Crawl;
using Microsoft.Extensions.Options;

namespace Marketline.Platforms.Crawl;

/// <summary>
/// The SSRF guard. It decides where the socket connects, on the very address that is dialled, so that a name that changes its
/// mind between check and use (DNS rebinding) gains nothing. What can be refused by the address alone is refused before that.
/// </summary>
internal sealed class AddressGuard(IOptions<CrawlOptions> options, IHostResolver resolver)
{
    private static readonly IPAddress[] Loopback = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    private readonly AddressRules _rules = new([.. options.Value.AllowedPrivateAddresses.Select(AllowedNetwork.Parse)]);

    /// <returns>Why <paramref name="address"/> may not be fetched; null when that depends on what its name resolves to.</returns>
    public FetchFailure? Check(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
        {
            return Refusal($"The scheme '{address.Scheme}' is not fetched, only http and https.");
        }

        if (!_rules.IsPortAllowedSomewhere(address.Port))
        {
            return Refusal($"Port {address.Port} is not one that web sites use.");
        }

        return KnownAddresses(address.IdnHost) is { } known && !known.Any(ip => _rules.IsAllowed(ip, address.Port))
            ? Refusal(Words(address.IdnHost))
            : null;
    }

    /// <summary>For addresses that a proxy connects to: all that the name leads to here has to be allowed.</summary>
    /// <exception cref="AddressRefusedException">Some of it is not.</exception>
    public async ValueTask CheckNameAsync(Uri address, CancellationToken cancellationToken)
    {
        var addresses = KnownAddresses(address.IdnHost) ?? await resolver.ResolveAsync(address.IdnHost, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (!Array.TrueForAll(addresses, ip => _rules.IsAllowed(ip, address.Port)))
        {
            throw new AddressRefusedException(Words(address.IdnHost));
        }
    }

    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);

    public async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = KnownAddresses(host) ?? await resolver.ResolveAsync(host, cancellationToken);
        var dialled = addresses.Where(ip => _rules.IsAllowed(ip, port)).OrderBy(ip => ip.AddressFamily != AddressFamily.InterNetwork).ToArray();
        if (dialled.Length == 0)
        {
            throw addresses.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new AddressRefusedException(Words(host));
        }

        for (var i = 0; ; i++)
        {
            try
            {
                return await DialAsync(new IPEndPoint(dialled[i], port), cancellationToken);
            }
            catch (SocketException) when (i < dialled.Length - 1)
            {
                // The name has another address.
            }
        }
    }

    private static async Task<NetworkStream> DialAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Literal addresses, and <c>localhost</c> with all names under it, which mean this machine (RFC 6761 §6.3).</summary>
    private static IPAddress[]? KnownAddresses(string host)
    {
        var name = host.TrimEnd('.');
        if (IPAddress.TryParse(name, out var literal))
        {
            return [literal];
        }

        var isLocal = name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        return isLocal ? Loopback : null;
    }

    private static FetchFailure Refusal(string detail) => new(FetchReasons.AddressRefused, detail);

    private static string Words(string host) =>
        $"'{host}' leads into a private or reserved network (Crawl:AllowedPrivateAddresses lists those that may be crawled).";
}
